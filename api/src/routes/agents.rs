//! Agents of the organization.

pub mod change;
pub mod create;
pub mod decommission;
pub mod list;
pub mod show;
