//! Error responses: status, headers and body.

use axum::Json;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::organization::Status;
use domain::scope::Scope;
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use web::rate_limit;

use super::ApiError;

/// Maximum number of invalid fields in `details`: the size of a response doesn't grow with that of the request.
const MAX_FIELDS: usize = 20;

/// Error of a response. The request middleware renders the body with the request ID.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// `code` of the body.
    pub code: &'static str,
    /// `message` of the body.
    pub message: String,
    /// `details` of the body.
    pub details: Option<Value>,
    /// Required scope of a 401 or 403.
    pub scope: Option<Scope>,
    /// True if the request had an invalid token.
    pub has_invalid_token: bool,
}

impl ApiError {
    /// Returns the machine-readable details.
    fn details(&self) -> Option<Value> {
        match self {
            Self::Validation { fields } if fields.len() > MAX_FIELDS => {
                Some(json!({ "fields": &fields[..MAX_FIELDS], "omittedFields": fields.len() - MAX_FIELDS }))
            }
            Self::Validation { fields } => Some(json!({ "fields": fields })),
            Self::Forbidden { scope } => Some(json!({ "scope": scope.as_str() })),
            Self::OrganizationInactive(Status::Suspended { reason }) => Some(json!({ "reason": reason })),
            Self::OrganizationInactive(Status::Deleting { at }) => Some(json!({ "deletionAt": rfc3339(*at) })),
            Self::Removed { reason } => Some(json!({ "reason": reason })),
            Self::RateLimited { policy, limit, current, window_seconds, retry_after } => Some(json!({
                "policy": policy, "limit": limit, "current": current, "windowSeconds": window_seconds, "resetSeconds": retry_after,
            })),
            Self::TierLimitExceeded { limit, current, reset_seconds, .. } => {
                Some(json!({ "limit": limit, "current": current, "resetSeconds": reset_seconds }))
            }
            Self::TooMany { limit, current, .. } => {
                Some(json!({ "limit": limit, "current": current, "resetSeconds": null }))
            }
            _ => None,
        }
    }

    /// Returns the number of seconds to wait before a retry, if known.
    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after, .. } => Some(*retry_after),
            Self::TierLimitExceeded { reset_seconds, .. } => *reset_seconds,
            Self::Unavailable(_) => Some(1),
            _ => None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        match &self {
            Self::Internal(source) => tracing::error!(error = %source, "internal error"),
            Self::Unavailable(source) => tracing::warn!(error = %source, "temporarily unavailable"),
            _ => {}
        }
        let (scope, has_invalid_token) = match &self {
            Self::Unauthorized { scope, reason } => (*scope, reason.is_some()),
            Self::Forbidden { scope } => (Some(*scope), false),
            _ => (None, false),
        };
        let error =
            ErrorResponse { code, message: self.to_string(), details: self.details(), scope, has_invalid_token };
        let mut response = status.into_response();
        if let Self::RateLimited { policy, limit, window_seconds, retry_after, .. } = &self {
            rate_limit::write_headers(response.headers_mut(), policy, *limit, *window_seconds, 0, *retry_after);
        }
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(error);
        response
    }
}

/// Error response.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Error)]
pub struct ErrorBody {
    /// Machine-readable error code.
    pub code: &'static str,
    /// Human-readable message: what happened and what to do.
    pub message: String,
    /// Machine-readable details. Their fields depend on `code`.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
    /// Request ID, as in the `X-Request-Id` header and in the log.
    pub request_id: String,
}

impl ErrorResponse {
    /// Renders the body for a request.
    pub fn body(self, request_id: &str) -> Json<ErrorBody> {
        Json(ErrorBody {
            code: self.code,
            message: self.message,
            details: self.details,
            request_id: request_id.to_owned(),
        })
    }
}
