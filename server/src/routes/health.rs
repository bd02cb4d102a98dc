//! Liveness and readiness checks.

use axum::extract::State;
use http::StatusCode;
use web::draining::Draining;

/// `/healthz`: 200 while the process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `/readyz`: 200 while the portal serves, 503 while it drains.
pub async fn readyz(State(draining): State<Draining>) -> (StatusCode, &'static str) {
    if draining.is_started() { (StatusCode::SERVICE_UNAVAILABLE, "stopping\n") } else { (StatusCode::OK, "ready\n") }
}
