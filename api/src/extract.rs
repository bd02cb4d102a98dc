//! Extractors: validated inputs of handlers. Errors name each invalid field.

pub mod address;
pub mod body;
pub mod caller;
pub mod idempotent;
pub mod if_match;
pub mod path;
pub mod query;
