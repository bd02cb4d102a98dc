//! Sessions of portals.

pub mod create;
pub mod end;
pub mod list;
