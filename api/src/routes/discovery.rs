//! What clients find out by themselves, at the host's root.

pub mod guide;
pub mod jwks;
pub mod openapi;
pub mod protected_resource;
pub mod server;
