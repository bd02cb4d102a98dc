//! The caller's organization.

pub mod change;
pub mod remove;
pub mod show;
