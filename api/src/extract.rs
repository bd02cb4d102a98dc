//! Extractors: validated inputs of handlers. Errors name each invalid field.

/// The client's address, as the outermost layer determines it.
pub mod address {
    pub use web::client_address::ClientAddress;
}
pub mod body;
pub mod caller;
pub mod idempotent;
pub mod if_match;
pub mod path;
pub mod query;
