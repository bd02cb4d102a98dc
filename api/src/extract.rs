//! What handlers take: checked, or refused with a word for each field.

pub mod address;
pub mod body;
pub mod caller;
pub mod idempotent;
pub mod if_match;
pub mod path;
pub mod query;
