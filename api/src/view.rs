//! Views: response bodies built from rows, with an explicit list of fields each. No column is exposed implicitly.

pub mod agent;
pub mod audit;
pub mod card;
pub mod claim;
pub mod credential;
pub mod list;
pub mod organization;
pub mod published_agent;
pub mod publisher;
pub mod session;
