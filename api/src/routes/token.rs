//! Token endpoints. Their errors follow OAuth (RFC 6749, section 5.2).

mod client;
pub mod error;
pub mod form;
pub mod introspect;
pub mod issue;
pub mod revoke;

pub use error::OAuthError;
