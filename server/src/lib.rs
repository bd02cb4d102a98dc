//! The portal's server: Markdown and pages in, finished answers out.
//!
//! Three files to know it by: [`router`] (what answers where), [`error`] (what a reader sees when it can't) and
//! [`config`] (what an operator can set). A request meets [`edge::front`] first, which answers a known address
//! from finished bytes; all others go on to the router.
#![forbid(unsafe_code)]

pub mod account;
pub mod cli;
pub mod config;
pub mod edge;
pub mod error;
pub mod forms;
pub mod generation;
pub mod limits;
pub mod live;
pub mod marketplace;
pub mod metrics;
pub mod middleware;
pub mod onboarding;
pub mod render;
pub mod router;
pub mod routes;
pub mod search;
pub mod serve;
pub mod session;
pub mod site_paths;
pub mod view;

pub use content;
