//! The audit trail.

pub mod export;
pub mod head;
pub mod list;
pub mod show;
pub mod verify;
