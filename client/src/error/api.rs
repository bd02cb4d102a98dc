//! Error responses and their decoding.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{Error, ErrorCode, OAuthErrorCode};
use crate::response::ResponseHead;

/// Error response of the API.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[error("{message} ({code})")]
pub struct ApiError {
    /// HTTP status.
    pub status: StatusCode,
    /// Error code, for programs.
    pub code: ErrorCode,
    /// Message for people.
    pub message: String,
    /// Details by code: `limit`, `current` and `resetSeconds` of a limit; `scope` that is missing.
    pub details: Option<Value>,
    /// Invalid fields.
    pub fields: Vec<FieldError>,
    /// Request ID, as in the API's log.
    pub request_id: Option<String>,
    /// Time to wait before a retry.
    pub retry_after: Option<Duration>,
}

/// Invalid field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct FieldError {
    /// JSON name of the field, with dots and indices for nested fields.
    pub field: String,
    /// Reason, which completes the sentence "`field` …".
    pub reason: String,
}

/// Bodies of error responses.
#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    #[serde(rename_all = "camelCase")]
    Api {
        code: ErrorCode,
        message: String,
        details: Option<Value>,
        request_id: Option<String>,
    },
    OAuth {
        error: OAuthErrorCode,
        error_description: Option<String>,
    },
}

impl Error {
    /// Converts an error response.
    pub(crate) fn from_response(head: ResponseHead, body: &[u8]) -> Self {
        let ResponseHead { status, request_id, retry_after, .. } = head;
        match serde_json::from_slice(body) {
            Ok(Body::Api { code, message, details, request_id: body_request_id }) => {
                let fields = details.as_ref().and_then(|details| details.get("fields")).cloned();
                let fields = fields.and_then(|fields| serde_json::from_value(fields).ok()).unwrap_or_default();
                let request_id = body_request_id.or(request_id);
                Self::Api(Box::new(ApiError { status, code, message, details, fields, request_id, retry_after }))
            }
            Ok(Body::OAuth { error, error_description }) => {
                let description = error_description.unwrap_or_default();
                Self::OAuth { status, error, description, request_id, retry_after }
            }
            Err(_) => Self::Decode { status, request_id, reason: "the body is not an error of the API".to_owned() },
        }
    }
}
