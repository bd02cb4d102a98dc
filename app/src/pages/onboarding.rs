//! Sign-up pages.

pub(crate) mod form;
pub(crate) mod get_started;
mod progress;
mod start;
