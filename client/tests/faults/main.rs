//! Client against a misbehaving server. Counts are of requests that reached the server.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod answers;
mod retry;
mod server;
mod size;
mod stream;
mod tokens;
