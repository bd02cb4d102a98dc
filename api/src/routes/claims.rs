//! Claims: domains, keys and repositories, verified by checks.

pub mod check;
pub mod create;
pub mod list;
pub mod remove;
pub mod show;
