//! Discovery documents, at the root of the host.

pub mod guide;
pub mod jwks;
pub mod openapi;
pub mod protected_resource;
pub mod server;
