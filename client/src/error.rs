//! Errors that callers can match on.
//!
//! | Variant | When |
//! | --- | --- |
//! | `Api` | error response of the API, with its code and the invalid fields |
//! | `OAuth` | error response of a token endpoint (RFC 6749, section 5.2) |
//! | `Connect` | connection failed or broke, after all attempts |
//! | `Timeout` | no complete response within the timeout or the deadline |
//! | `Decode` | response that can't be decoded |
//! | `Url`, `Encode` | call that can't be encoded: nothing was sent |
//! | `Setup` | client could not be set up |

mod api;
mod code;

use std::time::Duration;

use http::StatusCode;

pub use api::{ApiError, FieldError};
pub use code::{ErrorCode, OAuthErrorCode};

/// Error of a call.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Error response of the API.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// Error response of a token endpoint (RFC 6749, section 5.2).
    #[error("{error}: {description}")]
    #[non_exhaustive]
    OAuth {
        /// HTTP status.
        status: StatusCode,
        /// Error code, for programs.
        error: OAuthErrorCode,
        /// Message for people.
        description: String,
        /// Request ID, as in the API's log.
        request_id: Option<String>,
        /// Time to wait before a retry.
        retry_after: Option<Duration>,
    },
    /// Connection failed or broke.
    #[error("could not connect to the API")]
    Connect(#[source] reqwest::Error),
    /// Response did not arrive in full within the timeout or the deadline.
    #[error("the API did not respond in time")]
    Timeout,
    /// Response could not be decoded. Keeps nothing of the body.
    #[error("could not decode the response (status {status}): {reason}")]
    #[non_exhaustive]
    Decode {
        /// HTTP status.
        status: StatusCode,
        /// Request ID, as in the API's log.
        request_id: Option<String>,
        /// Cause and position.
        reason: String,
    },
    /// Invalid URL or path parameter.
    #[error("invalid URL: {0}")]
    Url(String),
    /// Value that can't be encoded. Not included: it may be a secret.
    #[error("{0} could not be encoded")]
    Encode(&'static str),
    /// HTTP client could not be set up.
    #[error("could not set up the HTTP client")]
    Setup(#[source] reqwest::Error),
}

impl Error {
    /// Returns the HTTP status, if there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::OAuth { status, .. } | Self::Decode { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the API's error code, if there is one.
    pub fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Api(error) => Some(&error.code),
            _ => None,
        }
    }

    /// Request ID, as in the API's log.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id.as_deref(),
            Self::OAuth { request_id, .. } | Self::Decode { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Returns the time to wait before a retry, if the API sent one.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            Self::OAuth { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Returns the invalid fields; empty for other errors.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Api(error) => &error.fields,
            _ => &[],
        }
    }

    /// Returns true if the resource doesn't exist or belongs to another organization (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Returns true if a token, session or secret is missing or invalid (401).
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Returns true if the organization can't act: it is suspended, or its deletion was requested (403).
    pub fn is_organization_inactive(&self) -> bool {
        matches!(self.code(), Some(ErrorCode::OrganizationDeleting | ErrorCode::OrganizationSuspended))
    }

    /// Returns true if a rate limit or a tier limit is exceeded (429).
    pub fn is_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns true for temporary failures of the API or the network: the same call may succeed later.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Connect(_) | Self::Timeout => true,
            _ => self.status().is_some_and(is_transient),
        }
    }
}

/// Returns true for statuses of temporary failures.
fn is_transient(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT)
}

impl From<reqwest::Error> for Error {
    /// Converts without the URL, which may contain a code.
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_builder() {
            Self::Url(error.to_string())
        } else {
            Self::Connect(error)
        }
    }
}
