//! The client against a server that misbehaves on purpose. What is counted is what reached the server.

mod answers;
mod retry;
mod server;
mod size;
mod stream;
mod tokens;
