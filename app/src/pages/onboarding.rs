//! Pages of sign-up.

mod begun;
pub(crate) mod form;
pub(crate) mod get_started;
mod start;
