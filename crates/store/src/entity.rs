//! The tables, a file each. Times are milliseconds since 1970 UTC, so that no dialect has a say in them; identifiers are
//! UUIDs in their hyphenated form.

#![allow(unreachable_pub, reason = "the derives of an entity want public types; the module is private")]

pub mod agent;
pub mod audit_event;
pub mod audit_head;
pub mod claim;
pub mod credential;
pub mod idempotent;
pub mod link;
pub mod old_slug;
pub mod organization;
pub mod outbox;
pub mod report;
pub mod revoked_token;
pub mod session;
pub mod setting;
pub mod usage;
