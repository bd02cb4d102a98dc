//! Agents of the organization.

pub mod decommission;
pub mod get;
pub mod list;
pub mod register;
pub mod update;
