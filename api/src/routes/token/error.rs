//! What a token endpoint refuses with.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiError;

/// Why there is no token, by RFC 6749 (section 5.2), RFC 8707 and RFC 6750.
#[derive(Debug)]
pub enum OAuthError {
    /// A parameter is missing, twice there, or unreadable.
    InvalidRequest(String),
    /// There is no such client with that secret, or none was named.
    InvalidClient(&'static str),
    /// The client may not do this.
    UnauthorizedClient(&'static str),
    /// A grant that is not served.
    UnsupportedGrantType(String),
    /// More than the credential may.
    InvalidScope(String),
    /// A resource that can't be one (RFC 8707, section 2).
    InvalidTarget(String),
    /// Too often, or no more today.
    TooMany(ApiError),
    /// Not at the moment, or a fault of ours.
    Other(ApiError),
}

/// The body of such an error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OAuthError, example = json!({
    "error": "invalid_client", "error_description": "there is no client with this client_id and client_secret",
}))]
pub struct OAuthErrorBody {
    /// Which error.
    pub error: &'static str,
    /// What happened, what was expected, what to do.
    pub error_description: String,
}

impl From<ApiError> for OAuthError {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::RateLimited { .. } | ApiError::TierLimitExceeded { .. } => Self::TooMany(error),
            other => Self::Other(other),
        }
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let (status, error, description) = match self {
            Self::InvalidRequest(text) => (StatusCode::BAD_REQUEST, "invalid_request", text),
            Self::InvalidClient(text) => (StatusCode::UNAUTHORIZED, "invalid_client", text.to_owned()),
            Self::UnauthorizedClient(text) => (StatusCode::FORBIDDEN, "unauthorized_client", text.to_owned()),
            Self::UnsupportedGrantType(text) => (StatusCode::BAD_REQUEST, "unsupported_grant_type", text),
            Self::InvalidScope(text) => (StatusCode::BAD_REQUEST, "invalid_scope", text),
            Self::InvalidTarget(text) => (StatusCode::BAD_REQUEST, "invalid_target", text),
            Self::TooMany(error) => return limited(error),
            Self::Other(error) => return error.into_response(),
        };
        let body = OAuthErrorBody { error, error_description: description };
        let mut response = (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Basic realm=\"token\", charset=\"UTF-8\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, realm);
        }
        response
    }
}

/// OAuth has no word for it: `temporarily_unavailable` is the nearest, and the status says the rest.
fn limited(error: ApiError) -> Response {
    let body = OAuthErrorBody { error: "temporarily_unavailable", error_description: error.to_string() };
    let told = error.into_response();
    let mut response = (StatusCode::TOO_MANY_REQUESTS, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
    for name in [RETRY_AFTER, HeaderName::from_static("ratelimit"), HeaderName::from_static("ratelimit-policy")] {
        if let Some(value) = told.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
