//! The API over HTTP, in a process of its own keys, database and mails. A file for each noun, as in `routes`.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod agents;
mod marketplace;
mod support;
