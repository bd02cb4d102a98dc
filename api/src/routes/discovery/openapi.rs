//! `GET /openapi.json`

use axum::Json;
use axum::extract::State;
use utoipa::openapi::OpenApi;

use crate::state::Shared;

/// The contract, as the code has it. Its server is this one.
pub async fn openapi(State(app): Shared) -> Json<OpenApi> {
    let mut document = crate::openapi::document();
    document.servers = Some(vec![utoipa::openapi::Server::new(app.issuer.clone())]);
    Json(document)
}
