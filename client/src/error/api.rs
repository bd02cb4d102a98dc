//! The API's own refusals, and how an answer becomes an error.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{Error, ErrorCode, OAuthErrorCode};
use crate::answer::Head;

/// A refusal of the API.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[error("{message} ({code})")]
pub struct ApiError {
    /// Status of the answer.
    pub status: StatusCode,
    /// Which refusal: programs compare this.
    pub code: ErrorCode,
    /// What happened and what to do: for people.
    pub message: String,
    /// More for programs, by code: a limit with `limit`, `current`, `resetSeconds`; a missing `scope`.
    pub details: Option<Value>,
    /// Fields that are not as they have to be.
    pub fields: Vec<FieldError>,
    /// The request, as the API's log knows it.
    pub request_id: Option<String>,
    /// After which time to try again.
    pub retry_after: Option<Duration>,
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct FieldError {
    /// The field's name as it is sent, with dots and indices where it lies deeper.
    pub field: String,
    /// What is wrong, in words that complete "`field` …".
    pub reason: String,
}

/// Either kind of body.
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
    /// The error that an answer is.
    pub(crate) fn of(head: Head, body: &[u8]) -> Self {
        let Head { status, request_id, retry_after, .. } = head;
        match serde_json::from_slice(body) {
            Ok(Body::Api { code, message, details, request_id: told }) => {
                let fields = details.as_ref().and_then(|details| details.get("fields")).cloned();
                let fields = fields.and_then(|fields| serde_json::from_value(fields).ok()).unwrap_or_default();
                let request_id = told.or(request_id);
                Self::Api(Box::new(ApiError { status, code, message, details, fields, request_id, retry_after }))
            }
            Ok(Body::OAuth { error, error_description }) => {
                let description = error_description.unwrap_or_default();
                Self::OAuth { status, error, description, request_id, retry_after }
            }
            Err(_) => {
                Self::Decode { status, request_id, reason: "it is an error, and not one that the API makes".to_owned() }
            }
        }
    }
}
