//! The client against a server that misbehaves on purpose. What is counted is what reached the server.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod answers;
mod retry;
mod server;
mod size;
mod stream;
mod tokens;
