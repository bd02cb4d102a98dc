//! The client against the real API, in a process of its own.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod agent;
mod organization;
mod refusals;
mod support;
