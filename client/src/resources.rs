//! Resources of the API. [`Client`](crate::Client) returns a handle for each.

pub mod agents;
pub mod audit;
pub mod claims;
pub mod credentials;
pub mod dids;
pub mod discovery;
pub mod health;
pub mod marketplace;
pub mod organizations;
pub mod sessions;
pub mod signup;
pub mod tiers;
pub mod tokens;

pub use agents::Agents;
pub use audit::Audit;
pub use claims::Claims;
pub use credentials::Credentials;
pub use dids::Dids;
pub use discovery::Discovery;
pub use health::Health;
pub use marketplace::Marketplace;
pub use organizations::Organizations;
pub use sessions::Sessions;
pub use signup::SignUp;
pub use tiers::Tiers;
pub use tokens::Tokens;

/// Lists the covered operations: `operationId`, method in lowercase and path, as in the OpenAPI document.
pub fn operations() -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let resources = [
        agents::OPERATIONS,
        audit::OPERATIONS,
        claims::OPERATIONS,
        credentials::OPERATIONS,
        dids::OPERATIONS,
        discovery::OPERATIONS,
        health::OPERATIONS,
        marketplace::OPERATIONS,
        organizations::OPERATIONS,
        sessions::OPERATIONS,
        signup::OPERATIONS,
        tiers::OPERATIONS,
        tokens::OPERATIONS,
    ];
    resources.into_iter().flatten().map(|(id, verb, path)| (*id, verb.to_ascii_lowercase(), *path))
}
