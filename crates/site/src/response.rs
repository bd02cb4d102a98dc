//! HTTP responses for browsers, proxies and CDNs: encodings, validators, cache policies, security headers.

pub mod cache_policy;
pub mod compress;
pub mod negotiate;
pub mod parts;
pub mod prepared;
mod representation;
pub mod respond;
pub mod security;

pub use cache_policy::CachePolicy;
pub use compress::Effort;
pub use parts::ResponseParts;
pub use prepared::PreparedResponse;
pub use representation::Representation;
pub use security::Sandbox;
