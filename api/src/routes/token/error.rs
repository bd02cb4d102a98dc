//! Errors of the token endpoints.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::organization::Status;
use domain::scope::Scope;
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiError;

const INVALID_TOKEN: &str = "Invalid access token. Request a new one, or send client_id and client_secret.";

/// Error of a token endpoint (RFC 6749, section 5.2; RFC 8707; RFC 6750).
#[derive(Debug)]
pub enum OAuthError {
    /// Parameter missing, repeated or malformed.
    InvalidRequest(String),
    /// Unknown client, wrong secret, or no client authentication.
    InvalidClient(&'static str),
    /// Invalid bearer token (RFC 6750, section 3.1).
    InvalidToken,
    /// Bearer token without the required scope (RFC 6750, section 3.1).
    InsufficientScope(Scope),
    /// Authenticated client whose organization can't act.
    InactiveOrganization(Status),
    /// Unsupported grant type.
    UnsupportedGrantType(String),
    /// Scope beyond the credential's.
    InvalidScope(String),
    /// Invalid resource (RFC 8707, section 2).
    InvalidTarget(String),
    /// Rate limit or daily limit exceeded.
    TooMany(ApiError),
    /// Temporary or internal error.
    Other(ApiError),
}

/// Error response of a token endpoint.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OAuthError, example = json!({
    "error": "invalid_client", "error_description": "Invalid client credentials, or the credential was revoked.",
}))]
pub struct OAuthErrorBody {
    /// Machine-readable error code.
    pub error: &'static str,
    /// Human-readable message: what happened, what was expected, what to do.
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

impl OAuthError {
    /// Returns the challenge in the scheme that the caller used: Basic for clients (RFC 7617, section 2), Bearer for
    /// tokens (RFC 6750, section 3).
    fn challenge(&self) -> Option<HeaderValue> {
        let text = match self {
            Self::InvalidClient(_) => "Basic realm=\"token\", charset=\"UTF-8\"".to_owned(),
            Self::InvalidToken => "Bearer error=\"invalid_token\"".to_owned(),
            Self::InsufficientScope(scope) => format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""),
            _ => return None,
        };
        HeaderValue::from_str(&text).ok()
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let challenge = self.challenge();
        let (status, error, description) = match self {
            Self::InvalidRequest(text) => (StatusCode::BAD_REQUEST, "invalid_request", text),
            Self::InvalidClient(text) => (StatusCode::UNAUTHORIZED, "invalid_client", text.to_owned()),
            Self::InvalidToken => (StatusCode::UNAUTHORIZED, "invalid_token", INVALID_TOKEN.to_owned()),
            Self::InsufficientScope(scope) => {
                let text = format!("The token lacks the scope {scope}.");
                (StatusCode::FORBIDDEN, "insufficient_scope", text)
            }
            Self::InactiveOrganization(status) => {
                let text = ApiError::OrganizationInactive(status).to_string();
                (StatusCode::BAD_REQUEST, "unauthorized_client", text)
            }
            Self::UnsupportedGrantType(text) => (StatusCode::BAD_REQUEST, "unsupported_grant_type", text),
            Self::InvalidScope(text) => (StatusCode::BAD_REQUEST, "invalid_scope", text),
            Self::InvalidTarget(text) => (StatusCode::BAD_REQUEST, "invalid_target", text),
            Self::TooMany(error) => return rate_limited(error),
            Self::Other(error) => return error.into_response(),
        };
        let body = OAuthErrorBody { error, error_description: description };
        let mut response = (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
        if let Some(challenge) = challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// OAuth has no code for rate limits; `temporarily_unavailable` is the closest, and the status is exact.
fn rate_limited(error: ApiError) -> Response {
    let body = OAuthErrorBody { error: "temporarily_unavailable", error_description: error.to_string() };
    let response_headers = error.into_response();
    let mut response = (StatusCode::TOO_MANY_REQUESTS, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
    for name in [RETRY_AFTER, HeaderName::from_static("ratelimit"), HeaderName::from_static("ratelimit-policy")] {
        if let Some(value) = response_headers.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
