//! What a call that can't be done answers.
//!
//! | Variant | Status | When |
//! | --- | --- | --- |
//! | `Validation` | 400 | a field, parameter or header is not as it has to be; each is named |
//! | `Unauthorized` | 401 | no token, or none that holds; the answer says where one is got (RFC 9728) |
//! | `Forbidden` | 403 | the token lacks a scope |
//! | `NotAllowed` | 403 | the scope is there, and still this caller may not |
//! | `NotFound` | 404 | there is nothing of that kind, or it is another tenant's |
//! | `MethodNotAllowed` | 405 | the address knows other methods |
//! | `AlreadyExists` | 409 | an agent with that address exists |
//! | `NameNotAvailable` | 409 | a public name that could be taken for another |
//! | `AnswerLost` | 409 | a call with that `Idempotency-Key` was done, and the service was killed before its answer was kept |
//! | `Removed` | 410 | it was there, and was taken away |
//! | `PreconditionFailed` | 412 | `If-Match` names another version |
//! | `PayloadTooLarge` | 413 | a body beyond 64 KiB |
//! | `UnsupportedMediaType` | 415 | a body that is no JSON |
//! | `IdempotencyKeyReused` | 422 | the same `Idempotency-Key` with another body |
//! | `RateLimited`, `TierLimitExceeded` | 429 | too often; `Retry-After` says when again |
//! | `TooMany` | 429 | as many as there may be: one has to go before another comes |
//! | `Unavailable` | 503 | the database can't be reached or written |
//! | `Internal` | 500 | a fault of ours: logged, never explained to the caller |

mod answer;

use axum::http::StatusCode;
use domain::field::Refusal;
use domain::rejection::{FieldError, Rejection, Resource};
use domain::scope::Scope;
use store::StoreError;

use crate::limits;
use crate::tokens::TokenFault;
pub use answer::{ErrorBody, Told};

/// Why a call can't be done.
#[allow(missing_docs, reason = "the fields are what the messages tell")]
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// See the table above.
    #[error("{}", told(fields))]
    Validation { fields: Vec<FieldError> },
    /// See the table above. `reason` says what was wrong with the token that came, if one did.
    #[error("a valid access token is needed{}", reason.as_ref().map(|reason| format!(": the one that came {reason}")).unwrap_or_default())]
    Unauthorized { reason: Option<TokenFault>, scope: Option<Scope> },
    /// See the table above.
    #[error("the token lacks the scope {scope}")]
    Forbidden { scope: Scope },
    /// See the table above. The words say what would do.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// See the table above.
    #[error("{}", words(*missing))]
    NotFound { missing: Resource },
    /// See the table above.
    #[error("this address does not know that method")]
    MethodNotAllowed,
    /// See the table above.
    #[error("an agent with the e-mail address {email} exists already")]
    AlreadyExists { email: String },
    /// See the table above. `reason` completes "the name …".
    #[error("the name {reason}")]
    NameNotAvailable { reason: String },
    /// See the table above.
    #[error(
        "this call was done, but its answer was lost when the service stopped: look for what it made, and send it again, with another Idempotency-Key, only where that is missing"
    )]
    AnswerLost,
    /// See the table above.
    #[error("this agent was removed")]
    Removed { reason: &'static str },
    /// See the table above.
    #[error("it has changed since it was read: read it again, and send its new ETag in If-Match")]
    PreconditionFailed,
    /// See the table above.
    #[error("the body is longer than 64 KiB")]
    PayloadTooLarge,
    /// See the table above.
    #[error("the body has to be JSON, with Content-Type: application/json")]
    UnsupportedMediaType,
    /// See the table above.
    #[error("this Idempotency-Key was used with another request")]
    IdempotencyKeyReused,
    /// See the table above.
    #[error(
        "too many {}: at most {limit} in {window_seconds} s are taken; try again in {retry_after} s",
        limits::counted(policy)
    )]
    RateLimited { policy: &'static str, limit: u64, current: u64, window_seconds: u64, retry_after: u64 },
    /// See the table above.
    #[error("the tier's limit of {limit} {what} is reached")]
    TierLimitExceeded { what: &'static str, limit: u64, current: u64, reset_seconds: Option<u64> },
    /// See the table above. It holds in every tier; `words` are all that is said.
    #[error("{words}")]
    TooMany { words: &'static str, limit: u64, current: u64 },
    /// See the table above. The source is for the log.
    #[error("the service can't do this at the moment: try again")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// See the table above. The source is for the log.
    #[error("something went wrong on our side")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

fn code(missing: Resource) -> &'static str {
    match missing {
        Resource::Agent => "AGENT_NOT_FOUND",
        Resource::Credential => "CREDENTIAL_NOT_FOUND",
        Resource::AuditEvent => "AUDIT_EVENT_NOT_FOUND",
        Resource::Session | Resource::Claim | Resource::Other => "NOT_FOUND",
    }
}

fn words(missing: Resource) -> &'static str {
    match missing {
        Resource::Agent => "there is no such agent",
        Resource::Credential => "there is no such credential",
        Resource::AuditEvent => "there is no such event in the audit trail",
        Resource::Session => "there is no such session",
        Resource::Claim => "there is no such claim",
        Resource::Other => "there is nothing at this address",
    }
}

impl ApiError {
    /// One field that is not as it has to be.
    pub fn field(field: impl Into<String>, refusal: &Refusal) -> Self {
        Self::Validation { fields: vec![FieldError { field: field.into(), reason: refusal.0.clone() }] }
    }

    /// A field that is wrong, with what is wrong with it.
    pub fn wrong(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Validation { fields: vec![FieldError { field: field.into(), reason: reason.into() }] }
    }

    /// There is no such agent.
    pub const NO_AGENT: Self = Self::NotFound { missing: Resource::Agent };

    /// A fault of ours.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// Its status and its code.
    pub fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Validation { .. } => (StatusCode::BAD_REQUEST, "VALIDATION_ERROR"),
            Self::Unauthorized { .. } => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED"),
            Self::Forbidden { .. } | Self::NotAllowed(_) => (StatusCode::FORBIDDEN, "FORBIDDEN"),
            Self::NotFound { missing } => (StatusCode::NOT_FOUND, code(*missing)),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::AlreadyExists { .. } => (StatusCode::CONFLICT, "AGENT_ALREADY_EXISTS"),
            Self::NameNotAvailable { .. } => (StatusCode::CONFLICT, "NAME_NOT_AVAILABLE"),
            Self::AnswerLost => (StatusCode::CONFLICT, "IDEMPOTENCY_ANSWER_LOST"),
            Self::Removed { .. } => (StatusCode::GONE, "AGENT_REMOVED"),
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

/// The first field that is wrong, with its reason, and how many more there are.
fn told(fields: &[FieldError]) -> String {
    let first = fields.first().map_or_else(String::new, |first| format!("{} {}", first.field, first.reason));
    match fields.len() {
        0 | 1 => first,
        count => format!("{first} (and {} more, in details)", count - 1),
    }
}

/// The time after which a provisional organization is gone for certain.
const PROVISIONAL_WINDOW_SECONDS: u64 = 72 * 3600;
/// The time after which a provisional organization that nobody uses makes room.
const PROVISIONAL_RETRY_SECONDS: u64 = 3600;

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::InvalidFields(fields) => Self::Validation { fields },
            Rejection::NotFound(missing) => Self::NotFound { missing },
            Rejection::NotAllowed(words) => Self::NotAllowed(words),
            Rejection::EmailTaken { email } => Self::AlreadyExists { email },
            Rejection::NameNotAvailable { reason } => Self::NameNotAvailable { reason },
            Rejection::Removed { reason } => Self::Removed { reason },
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
        if error.is_passing() { Self::Unavailable(Box::new(error)) } else { Self::Internal(Box::new(error)) }
    }
}

impl From<domain::secret::NoRandomness> for ApiError {
    fn from(error: domain::secret::NoRandomness) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl From<crate::keys::KeyError> for ApiError {
    fn from(error: crate::keys::KeyError) -> Self {
        Self::Internal(Box::new(error))
    }
}
