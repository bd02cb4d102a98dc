//! Rejections: why a rule does not allow an operation.
//!
//! A rejection knows nothing of HTTP. The API maps each variant to a status and a code in one place.

use serde::Serialize;

use crate::field::Refusal;

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name as it is sent, with dots and indices for nested fields, such as `skills[0].name`.
    pub field: String,
    /// The reason, in words that complete "`field` …".
    pub reason: String,
}

impl From<Refusal> for FieldError {
    /// An error about the whole value; [`shape::join`](crate::shape::join) adds the path.
    fn from(refusal: Refusal) -> Self {
        Self { field: String::new(), reason: refusal.0 }
    }
}

/// The kinds of things that may not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// An agent.
    Agent,
    /// A credential.
    Credential,
    /// An event of the audit trail.
    AuditEvent,
    /// A session.
    Session,
    /// A claim.
    Claim,
    /// Anything else, such as an organization or a link's code.
    Other,
}

/// Why a rule does not allow an operation.
#[allow(missing_docs, reason = "the fields are what the messages say")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Fields that break a rule. Never empty.
    #[error("{} invalid fields", .0.len())]
    InvalidFields(Vec<FieldError>),
    /// The resource does not exist, or belongs to another tenant.
    #[error("{0:?} not found")]
    NotFound(Resource),
    /// This actor may not do this, whatever its scopes. The text says what to use instead.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// Another agent of the tenant has this email address.
    #[error("email address taken: {email}")]
    EmailTaken { email: String },
    /// A public name that could be mistaken for another. `reason` completes "the name …".
    #[error("name not available: {reason}")]
    NameNotAvailable { reason: String },
    /// The agent existed and was removed: decommissioned by its owner, or hidden by an operator for a class of reasons.
    #[error("removed: {reason}")]
    Removed { reason: &'static str },
    /// The resource has changed since the version that the caller expects.
    #[error("another version than expected")]
    VersionMismatch,
    /// A limit of the organization's tier is reached. `reset_seconds` is the time until it starts again.
    #[error("the tier's limit of {limit} {what} is reached")]
    QuotaReached { what: &'static str, limit: u64, current: u64, reset_seconds: Option<u64> },
    /// There are as many provisional organizations as the operator allows. Sign-up with an email address still works.
    #[error("the limit of {limit} provisional organizations is reached")]
    ProvisionalLimitReached { limit: u64 },
    /// A limit that holds in every tier is reached. `words` say what to do.
    #[error("{words}")]
    LimitReached { words: &'static str, limit: u64, current: u64 },
}

impl Rejection {
    /// One invalid field.
    pub fn field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::InvalidFields(vec![FieldError { field: field.into(), reason: reason.into() }])
    }
}
