//! Health checks.

pub mod detailed;

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use web::draining::Draining;

use crate::registry::Registry;

/// Time limit for a test of the database.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Status of the service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health, example = json!({ "status": "healthy" }))]
pub struct HealthView {
    /// Status: `healthy` or `unreachable`.
    pub status: &'static str,
}

/// Check liveness
#[utoipa::path(get, path = "/health", tag = "Health", operation_id = "getHealth", security(()),
    responses((status = 200, description = "The process is alive.", body = HealthView)))]
pub async fn get_health() -> Json<HealthView> {
    Json(HealthView { status: "healthy" })
}

/// Check readiness
///
/// 503 while the database can't be read and written, and during shutdown.
#[utoipa::path(get, path = "/health/ready", tag = "Health", operation_id = "getReadiness", security(()),
    responses((status = 200, description = "The service is ready.", body = HealthView), (status = 503, description = "The service is not ready.", body = HealthView)))]
pub async fn get_readiness(
    State(registry): State<Registry>,
    State(draining): State<Draining>,
) -> (StatusCode, Json<HealthView>) {
    let is_usable = async { registry.store.is_readable().await && registry.store.is_writable().await };
    let is_usable = tokio::time::timeout(TIMEOUT, is_usable);
    if !draining.is_started() && is_usable.await.unwrap_or(false) {
        (StatusCode::OK, Json(HealthView { status: "healthy" }))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(HealthView { status: "unreachable" }))
    }
}
