//! How the process stands.

pub mod detailed;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use web::draining::Draining;

use crate::registry::Registry;

/// One word.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health, example = json!({ "status": "healthy" }))]
pub struct HealthView {
    /// `healthy` or `unreachable`.
    pub status: &'static str,
}

/// Ask whether the process lives
#[utoipa::path(get, path = "/health", tag = "Health", operation_id = "getHealth", security(()),
    responses((status = 200, description = "It lives.", body = HealthView)))]
pub async fn alive() -> Json<HealthView> {
    Json(HealthView { status: "healthy" })
}

/// Ask whether the process can answer
///
/// It can't while its database is out of reach, and while it is stopping.
#[utoipa::path(get, path = "/health/ready", tag = "Health", operation_id = "getReadiness", security(()),
    responses((status = 200, description = "It can.", body = HealthView), (status = 503, description = "It can't.", body = HealthView)))]
pub async fn ready(
    State(registry): State<Registry>,
    State(draining): State<Draining>,
) -> (StatusCode, Json<HealthView>) {
    if !draining.is_started() && registry.store.is_readable().await {
        (StatusCode::OK, Json(HealthView { status: "healthy" }))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(HealthView { status: "unreachable" }))
    }
}
