//! The portal's web server: it routes requests to the prepared responses of the `site` crate, and handles forms.
//!
//! Start with three files: [`router`] (every route), [`error`] (errors shown to readers) and [`config`] (settings of
//! the operator). Every request first reaches [`front`], which serves prepared responses and passes all others to the
//! router.
#![forbid(unsafe_code)]

pub mod account;
pub mod cli;
pub mod config;
pub mod current_site;
pub mod error;
pub mod forms;
pub mod front;
pub mod limits;
pub mod marketplace;
pub mod metrics;
pub mod middleware;
pub mod onboarding;
pub mod router;
pub mod routes;
pub mod serve;
pub mod session;
