//! What handlers take: checked, or refused with a word for each field.

#[path = "../../crates/web/src/client_address.rs"]
pub mod address;
pub mod body;
pub mod caller;
pub mod if_match;
pub mod path;
pub mod query;
