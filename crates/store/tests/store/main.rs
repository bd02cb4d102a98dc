//! The store through its public interface, on a database of each test's own.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod idempotency;
mod support;
mod upgrade;
