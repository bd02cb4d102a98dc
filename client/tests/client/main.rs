//! Tests of the client: against its contract, a server that misbehaves, and the real API.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod coverage;
mod faults;
mod journeys;
