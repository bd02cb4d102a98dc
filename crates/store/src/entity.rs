//! Tables, one file each. Times are milliseconds since 1970 UTC, independent of SQL dialects; IDs are hyphenated UUIDs.

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
pub mod queued_email;
pub mod report;
pub mod retired_agent;
pub mod retired_publisher;
pub mod revoked_token;
pub mod session;
pub mod setting;
pub mod usage;
