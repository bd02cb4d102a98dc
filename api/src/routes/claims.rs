//! Claims: domains, keys and repositories, verified by checks.

pub mod check;
pub mod create;
pub mod delete;
pub mod get;
pub mod list;
