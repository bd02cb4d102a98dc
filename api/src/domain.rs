//! The rules, without I/O: what a name, an identifier, a scope or an event is, and what may follow what. Routes read
//! requests into these types, the store keeps them; neither decides anything.

pub mod agent;
pub mod audit;
pub mod capability;
pub mod claim;
pub mod did;
pub mod email;
pub mod field;
pub mod id;
pub mod key;
pub mod look_alike;
pub mod moderation;
pub mod name;
pub mod organization;
pub mod scope;
pub mod secret;
pub mod shape;
pub mod skill;
pub mod tier;
