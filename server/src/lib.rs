//! The portal's web server: it routes requests to the prepared responses of the `site` crate, and handles forms.
//!
//! Three files to know it by: [`router`] (every route), [`error`] (errors as readers see them) and [`config`] (settings of
//! the operator). A request meets [`front`] first, which serves prepared responses; all others go on to the router.
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
