//! Client against the real API, run as a separate process.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod agent;
mod organization;
mod refusals;
mod support;
