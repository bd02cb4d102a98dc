//! What surrounds the router: each layer does one thing, in the order of `router`.

pub mod client_address;
pub mod error_page;
pub mod path_guard;
#[path = "../../crates/web/src/request_id.rs"]
pub mod request_id;
pub mod same_origin;
pub mod security_headers;
