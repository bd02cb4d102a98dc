//! Handlers, one a file, by noun and verb: extract, call, answer.

pub mod agents;
pub mod audit;
pub mod credentials;
pub mod dev;
pub mod dids;
pub mod discovery;
pub mod health;
pub mod organizations;
pub mod sessions;
pub mod signup;
pub mod tiers;
pub mod token;
