//! Claims: what an organization says of itself or of an agent, proved by checks.

pub mod check;
pub mod create;
pub mod list;
pub mod remove;
pub mod show;
