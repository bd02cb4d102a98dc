//! Errors of the API, with their status and code.
//!
//! | Variant | Status | When |
//! | --- | --- | --- |
//! | `Validation` | 400 | invalid fields, parameters or headers, all named |
//! | `Unauthorized` | 401 | missing or invalid token; the challenge names the metadata document (RFC 9728) |
//! | `Forbidden` | 403 | token without the required scope |
//! | `NotAllowed` | 403 | caller not allowed despite its scope |
//! | `OrganizationInactive` | 403 | organization suspended, or its deletion requested |
//! | `NotFound` | 404 | resource doesn't exist or belongs to another organization |
//! | `MethodNotAllowed` | 405 | method not allowed at this path |
//! | `AlreadyExists` | 409 | email address used by another agent |
//! | `NameNotAvailable` | 409 | public name confusable with another |
//! | `ResponseLost` | 409 | call with this `Idempotency-Key` completed, but its response was lost |
//! | `SecretNotRepeated` | 409 | call with this `Idempotency-Key` completed over 10 minutes ago, and its response had a secret |
//! | `AuditTrailBroken` | 409 | head of the audit trail changed in the database |
//! | `Removed` | 410 | agent decommissioned, hidden, or deleted with its organization |
//! | `PublisherRemoved` | 410 | publisher deleted |
//! | `PreconditionFailed` | 412 | `If-Match` doesn't match the current version |
//! | `PayloadTooLarge` | 413 | body over 64 KiB |
//! | `UnsupportedMediaType` | 415 | content type other than JSON |
//! | `IdempotencyKeyReused` | 422 | `Idempotency-Key` reused with another body |
//! | `RateLimited`, `TierLimitExceeded` | 429 | rate limit or daily limit exceeded; with `Retry-After` |
//! | `TooMany` | 429 | maximum number of resources reached |
//! | `Unavailable` | 503 | database unreachable or not writable |
//! | `Internal` | 500 | internal error, logged and not explained to the caller |

mod response;

use axum::http::StatusCode;
use domain::field::InvalidValue;
use domain::organization::Status;
use domain::rejection::{FieldError, Rejection, Resource};
use domain::scope::Scope;
use domain::time::rfc3339;
use store::StoreError;

use crate::limits;
use crate::tokens::TokenFault;
pub use response::{ErrorBody, ErrorResponse};

/// Error of an API call.
#[allow(missing_docs, reason = "the fields are part of the messages")]
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// See the table above.
    #[error("{}", describe(fields))]
    Validation { fields: Vec<FieldError> },
    /// See the table above. `reason` is the fault of the token, if there was one.
    #[error("{}", reason.as_ref().map_or_else(|| "Missing or invalid access token.".to_owned(), |reason| format!("Invalid access token: the token {reason}.")))]
    Unauthorized { reason: Option<TokenFault>, scope: Option<Scope> },
    /// See the table above.
    #[error("The token lacks the scope {scope}.")]
    Forbidden { scope: Scope },
    /// See the table above. The text contains the reason and the alternative.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// See the table above.
    #[error("{}", inactive_message(.0))]
    OrganizationInactive(Status),
    /// See the table above.
    #[error("{}", not_found_message(*missing))]
    NotFound { missing: Resource },
    /// See the table above.
    #[error("Method not allowed. The Allow header lists the supported methods.")]
    MethodNotAllowed,
    /// See the table above.
    #[error("Another agent already uses the email address {email}.")]
    AlreadyExists { email: String },
    /// See the table above. `reason` completes "the name …".
    #[error("The name {reason}.")]
    NameNotAvailable { reason: String },
    /// See the table above.
    #[error(
        "The call completed, but its response was lost when the service stopped. Check whether its result exists; if not, repeat the call with a new Idempotency-Key."
    )]
    ResponseLost,
    /// See the table above.
    #[error(
        "The call completed more than 10 minutes ago, and its response contained a secret, which is not shown again. If you lost it, create a new credential."
    )]
    SecretNotRepeated,
    /// See the table above.
    #[error(
        "The audit trail was changed outside of this service, or restored from a backup without its last events, so its head is not signed. Verify the trail and compare it with your last export."
    )]
    AuditTrailBroken,
    /// See the table above.
    #[error("The publisher was deleted. Its name stays reserved.")]
    PublisherRemoved,
    /// See the table above.
    #[error("The agent was removed.")]
    Removed { reason: &'static str },
    /// See the table above.
    #[error("The resource has changed. Read it again and send its current ETag in If-Match.")]
    PreconditionFailed,
    /// See the table above.
    #[error("The body exceeds 64 KiB.")]
    PayloadTooLarge,
    /// See the table above.
    #[error("The body must be JSON with Content-Type: application/json.")]
    UnsupportedMediaType,
    /// See the table above.
    #[error("The Idempotency-Key was already used with another request. Use a new key.")]
    IdempotencyKeyReused,
    /// See the table above.
    #[error(
        "Too many {}. The limit is {limit} in {window_seconds} s. Retry in {retry_after} s.",
        limits::describe_events(policy)
    )]
    RateLimited { policy: &'static str, limit: u64, current: u64, window_seconds: u64, retry_after: u64 },
    /// See the table above.
    #[error("The limit of {limit} {what} of your tier is reached.")]
    TierLimitExceeded { what: &'static str, limit: u64, current: u64, reset_seconds: Option<u64> },
    /// See the table above. Applies in every tier; `words` is the message.
    #[error("{words}")]
    TooMany { words: &'static str, limit: u64, current: u64 },
    /// See the table above. The source is for the log.
    #[error("The service is temporarily unavailable. Retry later.")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// See the table above. The source is for the log.
    #[error("Internal error. If the problem persists, contact support with the request ID.")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

fn inactive_message(status: &Status) -> String {
    match status {
        Status::Suspended { reason } => {
            format!("The operator of this service suspended the organization. Reason: {reason}")
        }
        Status::Deleting { at } => format!(
            "The organization will be deleted on {}. Until then, its admin credential, or the link in an email about the deletion, can restore it.",
            rfc3339(*at)
        ),
        Status::Active => "The organization is active.".to_owned(),
    }
}

fn not_found_code(missing: Resource) -> &'static str {
    match missing {
        Resource::Agent => "AGENT_NOT_FOUND",
        Resource::Credential => "CREDENTIAL_NOT_FOUND",
        Resource::AuditEvent => "AUDIT_EVENT_NOT_FOUND",
        Resource::Session | Resource::Claim | Resource::Other => "NOT_FOUND",
    }
}

fn not_found_message(missing: Resource) -> &'static str {
    match missing {
        Resource::Agent => "Agent not found.",
        Resource::Credential => "Credential not found.",
        Resource::AuditEvent => "Audit event not found.",
        Resource::Session => "Session not found.",
        Resource::Claim => "Claim not found.",
        Resource::Other => "Resource not found.",
    }
}

impl ApiError {
    /// Creates a validation error of one field, from a parser's error.
    pub fn invalid_value(field: impl Into<String>, error: &InvalidValue) -> Self {
        Self::Validation { fields: vec![FieldError { field: field.into(), reason: error.0.clone() }] }
    }

    /// Creates a validation error of one field, with a reason.
    pub fn invalid_field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Validation { fields: vec![FieldError { field: field.into(), reason: reason.into() }] }
    }

    /// Agent not found.
    pub const NO_AGENT: Self = Self::NotFound { missing: Resource::Agent };

    /// Creates an internal error.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// Returns the status and the code.
    pub fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Validation { .. } => (StatusCode::BAD_REQUEST, "VALIDATION_ERROR"),
            Self::Unauthorized { .. } => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED"),
            Self::Forbidden { .. } | Self::NotAllowed(_) => (StatusCode::FORBIDDEN, "FORBIDDEN"),
            Self::OrganizationInactive(Status::Suspended { .. }) => (StatusCode::FORBIDDEN, "ORGANIZATION_SUSPENDED"),
            Self::OrganizationInactive(_) => (StatusCode::FORBIDDEN, "ORGANIZATION_DELETING"),
            Self::NotFound { missing } => (StatusCode::NOT_FOUND, not_found_code(*missing)),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::AlreadyExists { .. } => (StatusCode::CONFLICT, "AGENT_ALREADY_EXISTS"),
            Self::NameNotAvailable { .. } => (StatusCode::CONFLICT, "NAME_NOT_AVAILABLE"),
            Self::ResponseLost | Self::SecretNotRepeated => (StatusCode::CONFLICT, "IDEMPOTENCY_ANSWER_LOST"),
            Self::AuditTrailBroken => (StatusCode::CONFLICT, "AUDIT_TRAIL_BROKEN"),
            Self::Removed { .. } => (StatusCode::GONE, "AGENT_REMOVED"),
            Self::PublisherRemoved => (StatusCode::GONE, "PUBLISHER_REMOVED"),
            Self::PreconditionFailed => (StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED"),
            Self::PayloadTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE"),
            Self::IdempotencyKeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED"),
            Self::RateLimited { .. } => (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED"),
            Self::TierLimitExceeded { .. } | Self::TooMany { .. } => {
                (StatusCode::TOO_MANY_REQUESTS, "TIER_LIMIT_EXCEEDED")
            }
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_ERROR"),
        }
    }
}

/// Formats the first invalid field and the number of others.
fn describe(fields: &[FieldError]) -> String {
    let first = fields.first().map_or_else(String::new, |first| format!("`{}` {}.", first.field, first.reason));
    match fields.len() {
        0 | 1 => first,
        2 => format!("{first} Another field is invalid: see details."),
        count => format!("{first} {} other fields are invalid: see details.", count - 1),
    }
}

/// Time after which a provisional organization has expired, in seconds.
const PROVISIONAL_WINDOW_SECONDS: u64 = 72 * 3600;
/// Time after which an unused provisional organization no longer counts, in seconds.
const PROVISIONAL_RETRY_SECONDS: u64 = 3600;

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::InvalidCode => {
                Self::invalid_field("token", "is invalid, expired or already used; request a new email")
            }
            Rejection::InvalidFields(fields) => Self::Validation { fields },
            Rejection::NotFound(missing) => Self::NotFound { missing },
            Rejection::OrganizationInactive(status) => Self::OrganizationInactive(status),
            Rejection::NotAllowed(words) => Self::NotAllowed(words),
            Rejection::EmailTaken { email } => Self::AlreadyExists { email },
            Rejection::NameNotAvailable { reason } => Self::NameNotAvailable { reason },
            Rejection::Removed { reason } => Self::Removed { reason },
            Rejection::PublisherRemoved => Self::PublisherRemoved,
            Rejection::VersionMismatch => Self::PreconditionFailed,
            Rejection::QuotaReached { what, limit, current, reset_seconds } => {
                Self::TierLimitExceeded { what, limit, current, reset_seconds }
            }
            Rejection::ProvisionalLimitReached { limit } => Self::RateLimited {
                policy: "provisional",
                limit,
                current: limit,
                window_seconds: PROVISIONAL_WINDOW_SECONDS,
                retry_after: PROVISIONAL_RETRY_SECONDS,
            },
            Rejection::ProvisionalShareReached { limit } => Self::RateLimited {
                policy: "provisional-network",
                limit,
                current: limit,
                window_seconds: PROVISIONAL_WINDOW_SECONDS,
                retry_after: PROVISIONAL_RETRY_SECONDS,
            },
            Rejection::LimitReached { words, limit, current } => Self::TooMany { words, limit, current },
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let error = match error {
            StoreError::Rejected(rejection) => return rejection.into(),
            other => other,
        };
        if error.is_transient() { Self::Unavailable(Box::new(error)) } else { Self::Internal(Box::new(error)) }
    }
}

impl From<domain::secret::RandomnessError> for ApiError {
    fn from(error: domain::secret::RandomnessError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl From<crate::keys::KeyError> for ApiError {
    fn from(error: crate::keys::KeyError) -> Self {
        Self::Internal(Box::new(error))
    }
}
