//! Middleware of the router, one concern per file, in the order of `router`.

pub mod error_page;
pub mod same_origin;
pub mod security_headers;
pub mod url_guard;
