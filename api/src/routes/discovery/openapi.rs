//! `GET /openapi.json`

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;

use crate::state::Shared;

/// The contract, as the code has it. Its server is this one.
pub async fn openapi(State(app): Shared) -> Response {
    ([(CONTENT_TYPE, "application/json")], app.contract.clone()).into_response()
}

/// The contract with the address of a server, made once.
pub fn of(issuer: &str) -> Bytes {
    Bytes::from(crate::openapi::document(issuer).to_json().unwrap_or_default())
}
