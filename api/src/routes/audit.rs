//! Audit trail.

pub mod export;
pub mod get;
pub mod head;
pub mod list;
pub mod verify;
