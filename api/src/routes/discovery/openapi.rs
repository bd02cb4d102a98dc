//! `GET /openapi.json`

use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;

/// Returns the contract of this server.
pub fn get_openapi(contract: &Bytes) -> Response {
    ([(CONTENT_TYPE, "application/json")], contract.clone()).into_response()
}
