//! Store through its public interface, with a database per test.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod idempotency;
mod support;
mod upgrade;
