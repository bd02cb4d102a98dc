//! Sign-up pages.

mod begun;
pub(crate) mod form;
pub(crate) mod get_started;
mod start;
