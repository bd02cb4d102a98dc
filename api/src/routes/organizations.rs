//! The caller's organization.

pub mod delete;
pub mod get;
pub mod restore;
pub mod update;
