//! The rules of SentryAgent.ai, without I/O.
//!
//! Types for what an identifier, a name, a scope, a claim or an audit event may be, and functions for what may follow
//! what. Routes parse requests into these types and the store persists them; neither decides anything. The portal's forms
//! check input with the same code: without the feature `crypto`, the crate builds for WASM.

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
pub mod shape;
#[cfg(feature = "crypto")]
pub mod skill;
pub mod tier;
#[cfg(feature = "crypto")]
pub mod time;
pub mod version;
