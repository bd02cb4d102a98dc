//! What handlers take: checked, or refused with a word for each field.

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
