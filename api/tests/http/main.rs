//! The API over HTTP, each test with a server, keys, a database and mails of its own. A file for each noun, as in
//! `routes`, and for what holds everywhere.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod agents;
mod audit;
mod claims;
mod contract;
mod copies;
mod crash;
mod credentials;
mod database;
mod development;
mod dids;
mod discovery;
mod everywhere;
mod idempotency;
mod isolation;
mod limits;
mod logs;
mod marketplace;
mod organizations;
mod process;
mod sessions;
mod signup;
mod signup_abuse;
mod stub_servers;
mod support;
mod tokens;
