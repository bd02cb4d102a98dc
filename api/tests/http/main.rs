//! API over HTTP. Each test has its own server, keys, database and emails. One file per resource, as in `routes`, and
//! for general properties.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod agents;
mod audit;
mod backups;
mod claims;
mod contract;
mod crash;
mod credentials;
mod database;
mod database_loss;
mod development;
mod dids;
mod discovery;
mod email_queue;
mod everywhere;
mod hostile_connections;
mod hostile_input;
mod idempotency;
mod isolation;
mod limits;
mod logs;
mod marketplace;
mod organization_status;
mod organizations;
mod process;
mod sessions;
mod signup;
mod signup_abuse;
mod signup_ownership;
mod signup_trails;
mod stub_servers;
mod support;
mod tokens;
