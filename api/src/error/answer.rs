//! An error as it leaves: status, headers and body.

use axum::Json;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::scope::Scope;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use web::rate_limit;

use super::ApiError;

/// An error on its way out. The middleware that knows the request's id turns it into the body.
#[derive(Clone, Debug)]
pub struct Told {
    /// The answer's `code`.
    pub code: &'static str,
    /// The answer's `message`.
    pub message: String,
    /// The answer's `details`.
    pub details: Option<Value>,
    /// The scope that a 401 or 403 asks for.
    pub scope: Option<Scope>,
    /// Whether a token came that does not hold.
    pub is_refused: bool,
}

impl ApiError {
    /// More that a program can read.
    fn details(&self) -> Option<Value> {
        match self {
            Self::Validation { fields } => Some(json!({ "fields": fields })),
            Self::Forbidden { scope } => Some(json!({ "scope": scope.as_str() })),
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

    /// In how many seconds to try again, where that is known.
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
        let (status, code) = self.kind();
        match &self {
            Self::Internal(source) => tracing::error!(error = %source, "a fault of ours"),
            Self::Unavailable(source) => tracing::warn!(error = %source, "not able to"),
            _ => {}
        }
        let (scope, is_refused) = match &self {
            Self::Unauthorized { scope, reason } => (*scope, reason.is_some()),
            Self::Forbidden { scope } => (Some(*scope), false),
            _ => (None, false),
        };
        let told = Told { code, message: self.to_string(), details: self.details(), scope, is_refused };
        let mut response = status.into_response();
        if let Self::RateLimited { policy, limit, window_seconds, retry_after, .. } = &self {
            rate_limit::write_headers(response.headers_mut(), policy, *limit, *window_seconds, 0, *retry_after);
        }
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(told);
        response
    }
}

/// The body of an error.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Error)]
pub struct ErrorBody {
    /// Which error: programs compare this.
    pub code: &'static str,
    /// What happened and what to do: for people.
    pub message: String,
    /// More for programs, by code.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
    /// The request, as the log knows it.
    pub request_id: String,
}

impl Told {
    /// The body, for a request.
    pub fn body(self, request_id: &str) -> Json<ErrorBody> {
        Json(ErrorBody {
            code: self.code,
            message: self.message,
            details: self.details,
            request_id: request_id.to_owned(),
        })
    }
}
