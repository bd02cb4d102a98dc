//! Rejections of operations by domain rules.
//!
//! Rejections are independent of HTTP. The API maps each variant to a status and a code in one place.

use serde::Serialize;

use crate::field::InvalidValue;
use crate::organization::Status;

/// Invalid field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// JSON name of the field, with dots and indices for nested fields, such as `skills[0].name`.
    pub field: String,
    /// Reason, in words that complete "`field` …".
    pub reason: String,
}

impl From<InvalidValue> for FieldError {
    /// Converts an error about the whole value; [`json_errors::join`](crate::json_errors::join) adds the path.
    fn from(error: InvalidValue) -> Self {
        Self { field: String::new(), reason: error.0 }
    }
}

/// Kinds of resources that can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Agent.
    Agent,
    /// Credential.
    Credential,
    /// Audit event.
    AuditEvent,
    /// Session.
    Session,
    /// Claim.
    Claim,
    /// Any other resource, such as an organization or the code of a link.
    Other,
}

/// Rejection of an operation by a rule.
#[allow(missing_docs, reason = "the fields are what the messages say")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Invalid fields. Never empty.
    #[error("{} invalid fields", .0.len())]
    InvalidFields(Vec<FieldError>),
    /// Resource doesn't exist or belongs to another organization.
    #[error("{0:?} not found")]
    NotFound(Resource),
    /// Code of an emailed link that is unknown, used or expired.
    #[error("invalid code")]
    InvalidCode,
    /// Operation not allowed for the actor, regardless of its scopes. The text describes the alternative.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// Email address already used by another agent of the organization.
    #[error("email address taken: {email}")]
    EmailTaken { email: String },
    /// Public name confusable with another. `reason` completes "the name …".
    #[error("name not available: {reason}")]
    NameNotAvailable { reason: String },
    /// Publisher deleted.
    #[error("publisher removed")]
    PublisherRemoved,
    /// Agent removed: decommissioned by its owner, hidden by an operator, or deleted with its organization.
    #[error("removed: {reason}")]
    Removed { reason: &'static str },
    /// Organization that can't act: its deletion was requested, or it is suspended.
    #[error("organization is {}", .0.as_str())]
    OrganizationInactive(Status),
    /// Resource changed since the version that the caller expects.
    #[error("unexpected version")]
    VersionMismatch,
    /// Tier limit reached. `reset_seconds` is the time until the limit resets.
    #[error("The limit of {limit} {what} of your tier is reached.")]
    QuotaReached { what: &'static str, limit: u64, current: u64, reset_seconds: Option<u64> },
    /// Limit of provisional organizations reached. Sign-up with an email address still works.
    #[error("The limit of {limit} provisional organizations is reached.")]
    ProvisionalLimitReached { limit: u64 },
    /// A network's share of provisional organizations reached. Sign-up with an email address still works.
    #[error("The limit of {limit} provisional organizations of a network is reached.")]
    ProvisionalShareReached { limit: u64 },
    /// Limit of every tier reached. `words` describes the remedy.
    #[error("{words}")]
    LimitReached { words: &'static str, limit: u64, current: u64 },
}

impl Rejection {
    /// Rejects one invalid field.
    pub fn field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::InvalidFields(vec![FieldError { field: field.into(), reason: reason.into() }])
    }
}
