//! The organization itself.

pub mod change;
pub mod remove;
pub mod show;
