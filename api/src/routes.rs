//! Handlers, one per file, by resource and verb: extract, call, respond.

pub mod agents;
pub mod audit;
pub mod claims;
pub mod credentials;
pub mod dev;
pub mod dids;
pub mod discovery;
pub mod health;
pub mod marketplace;
pub mod organizations;
pub mod sessions;
pub mod signup;
pub mod tiers;
pub mod token;
