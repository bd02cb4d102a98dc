//! Public HTTP API of SentryAgent.ai: sign-up, registry, tokens, DIDs, audit trail, claims, marketplace.
//!
//! Start with [`router`] (routes), [`error`] (error responses) and [`config`] (settings). `domain` contains the rules,
//! without I/O; `store` persists; `routes` parse a request, call a use case and respond.

pub mod address_log;
pub mod anchors;
pub mod claim_checks;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod encryption;
pub mod error;
pub mod extract;
pub mod identity;
pub mod in_flight;
pub mod jobs;
pub mod json_response;
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
pub mod sealed_response;
pub mod serve;
pub mod services;
pub mod state;
pub mod throttle;
pub mod tokens;
pub mod usage;
pub mod verifier;
pub mod view;
