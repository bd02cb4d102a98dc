//! `GET /openapi.json`

use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;

/// The response with the contract of this server.
pub fn openapi(contract: &Bytes) -> Response {
    ([(CONTENT_TYPE, "application/json")], contract.clone()).into_response()
}
