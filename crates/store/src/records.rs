//! Records: rows of the tables, as plain data.
//!
//! Times are milliseconds since 1970 UTC, IDs are hyphenated UUIDs, and enumerations are the values of the contract
//! (`domain::agent::TextForm`).

pub use crate::entity::agent::Model as AgentRecord;
pub use crate::entity::claim::Model as ClaimRecord;
pub use crate::entity::credential::Model as CredentialRecord;
pub use crate::entity::organization::Model as OrganizationRecord;
pub use crate::entity::outbox::Model as OutboxRecord;
pub use crate::entity::queued_email::Model as QueuedEmailRecord;
pub use crate::entity::report::Model as ReportRecord;
pub use crate::entity::session::Model as SessionRecord;
