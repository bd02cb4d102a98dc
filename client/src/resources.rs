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
