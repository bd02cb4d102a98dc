//! What can go wrong, so that a caller can match on it.
//!
//! | Variant | When |
//! | --- | --- |
//! | `Api` | the API refused: its code, and the fields that are wrong |
//! | `OAuth` | a token endpoint refused (RFC 6749, section 5.2) |
//! | `Connect` | no connection, or it broke; after all attempts |
//! | `Timeout` | no whole answer within the timeout or the deadline |
//! | `Decode` | an answer came that can't be read |
//! | `Url`, `Encode` | the call can't be written down: nothing was sent |
//! | `Setup` | the client can't be made |

mod api;
mod code;

use std::time::Duration;

use http::StatusCode;

pub use api::{ApiError, FieldError};
pub use code::{ErrorCode, OAuthErrorCode};

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The API refused.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// A token endpoint refused.
    #[error("{error}: {description}")]
    #[non_exhaustive]
    OAuth {
        /// Status of the answer.
        status: StatusCode,
        /// Which error: programs compare this.
        error: OAuthErrorCode,
        /// What happened and what to do: for people.
        description: String,
        /// The request, as the API's log knows it.
        request_id: Option<String>,
        /// After which time to try again.
        retry_after: Option<Duration>,
    },
    /// There is no connection, or it broke.
    #[error("the API can't be reached")]
    Connect(#[source] reqwest::Error),
    /// No whole answer came in time.
    #[error("the API did not answer in time")]
    Timeout,
    /// An answer came that can't be read. Of its body, nothing is kept.
    #[error("the answer (status {status}) can't be read: {reason}")]
    #[non_exhaustive]
    Decode {
        /// Status of the answer.
        status: StatusCode,
        /// The request, as the API's log knows it.
        request_id: Option<String>,
        /// What was wrong, and where.
        reason: String,
    },
    /// An address can't be made of what was given.
    #[error("no address: {0}")]
    Url(String),
    /// A value can't stand where it belongs. It is not told here: it may be a secret.
    #[error("{0} can't be sent")]
    Encode(&'static str),
    /// The client can't be made.
    #[error("the HTTP client can't be made")]
    Setup(#[source] reqwest::Error),
}

impl Error {
    /// Status of the answer, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::OAuth { status, .. } | Self::Decode { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Code of the API's refusal, if it is one.
    pub fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Api(error) => Some(&error.code),
            _ => None,
        }
    }

    /// The request, as the API's log knows it.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id.as_deref(),
            Self::OAuth { request_id, .. } | Self::Decode { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// After which time to try again, where the API said it.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            Self::OAuth { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Fields that are not as they have to be; empty where it is about something else.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Api(error) => &error.fields,
            _ => &[],
        }
    }

    /// Whether there is no such thing, or it is another tenant's (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether a token, session or secret is missing or does not hold (401).
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether it came too often, or used up its tier (429).
    pub fn is_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the API, or the way to it, is what's wrong at the moment: later, the same call may work.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Connect(_) | Self::Timeout => true,
            _ => self.status().is_some_and(is_passing),
        }
    }
}

/// Statuses that say nothing about the call, only about the moment.
fn is_passing(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT)
}

impl From<reqwest::Error> for Error {
    /// Without the address: it may hold a code.
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
