//! Records: the rows of the tables, as plain data.
//!
//! Times are milliseconds since 1970 UTC, identifiers are UUIDs in their hyphenated form, and enumerations are the words
//! of the contract (`domain::agent::Word`).

pub use crate::entity::agent::Model as AgentRecord;
pub use crate::entity::claim::Model as ClaimRecord;
pub use crate::entity::credential::Model as CredentialRecord;
pub use crate::entity::organization::Model as OrganizationRecord;
pub use crate::entity::outbox::Model as OutboxRecord;
pub use crate::entity::report::Model as ReportRecord;
pub use crate::entity::session::Model as SessionRecord;
