//! SentryAgent.ai's public HTTP API: sign-up, registry, tokens, DIDs, audit trail, claims, marketplace.
//!
//! Three pages to know it by: [`router`] (what answers where), [`error`] (what a refusal says), [`config`] (what an
//! operator sets). `domain` holds the rules and does no I/O, `store` keeps, `routes` read a request, call, and answer.

pub mod address_log;
pub mod claims;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod error;
pub mod extract;
pub mod identity;
pub mod in_flight;
pub mod jobs;
pub mod keys;
pub mod limits;
pub mod mail;
pub mod marketplace;
pub mod metrics;
pub mod middleware;
pub mod openapi;
pub mod origins;
pub mod registry;
pub mod router;
pub mod routes;
pub mod serve;
pub mod services;
pub mod state;
pub mod throttle;
pub mod tokens;
pub mod usage;
pub mod verifier;
pub mod view;
