//! Domain rules of SentryAgent.ai, without I/O.
//!
//! Types of valid IDs, names, scopes, claims and audit events, and functions for their state transitions. Routes parse
//! requests into these types and the store persists them; neither contains rules. The portal's forms use the same
//! validation: without the feature `crypto`, the crate builds for WASM.

#[cfg(feature = "crypto")]
pub mod actor;
pub mod agent;
#[cfg(feature = "crypto")]
pub mod audit;
pub mod capability;
pub mod claim;
pub mod did;
pub mod email;
pub mod field;
pub mod id;
pub mod json_errors;
#[cfg(feature = "crypto")]
pub mod key;
pub mod look_alike;
pub mod moderation;
pub mod name;
pub mod organization;
pub mod rejection;
pub mod retention;
pub mod scope;
pub mod secret;
#[cfg(feature = "crypto")]
pub mod skill;
pub mod tier;
#[cfg(feature = "crypto")]
pub mod time;
pub mod version;
