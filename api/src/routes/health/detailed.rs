//! `GET /health/detailed`

use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::mail::Mailer;
use crate::registry::Registry;

/// Latency above which a dependency is degraded.
const SLOW: Duration = Duration::from_secs(1);
/// Time limit after which a dependency is unreachable.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Health with all dependencies, without host names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DetailedHealth, example = json!({
    "status": "healthy", "dependencies": [{ "name": "database", "status": "healthy", "latencyMs": 0.2 }],
}))]
pub struct DetailedHealth {
    /// Status: `healthy`, `degraded` or `unreachable`.
    pub status: &'static str,
    /// Dependencies.
    pub dependencies: Vec<Dependency>,
}

/// Dependency.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dependency {
    /// Name.
    pub name: &'static str,
    /// Status: `healthy`, `degraded` (slower than a second) or `unreachable`.
    pub status: &'static str,
    /// Latency, in ms.
    pub latency_ms: f64,
}

/// Check all dependencies
///
/// 200 if all dependencies are healthy, 207 if some are slow or unreachable, 503 if the database is unusable.
#[utoipa::path(get, path = "/health/detailed", tag = "Health", operation_id = "getDetailedHealth", security(()),
    responses((status = 200, description = "All dependencies are healthy.", body = DetailedHealth), (status = 207, description = "Some dependencies are degraded or unreachable.", body = DetailedHealth),
        (status = 503, description = "The database is unusable.", body = DetailedHealth)))]
pub async fn get_detailed_health(
    State(registry): State<Registry>,
    State(mailer): State<Mailer>,
) -> (StatusCode, Json<DetailedHealth>) {
    let reading = probe("database", registry.store.is_readable()).await;
    let writing = probe("database-writer", registry.store.is_writable()).await;
    let (is_delivering, latency) = mailer.check_delivery().await;
    let mail = dependency("mail", is_delivering, latency);
    // Email can wait; without its database the API can't work.
    let is_usable = [&reading, &writing].iter().any(|one| one.status != "unreachable");
    let dependencies = vec![reading, writing, mail];
    let (code, status) = match dependencies.iter().all(|one| one.status == "healthy") {
        true => (StatusCode::OK, "healthy"),
        false if is_usable => (StatusCode::MULTI_STATUS, "degraded"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "unreachable"),
    };
    (code, Json(DetailedHealth { status, dependencies }))
}

async fn probe(name: &'static str, check: impl Future<Output = bool>) -> Dependency {
    let start = Instant::now();
    let is_healthy = tokio::time::timeout(TIMEOUT, check).await.unwrap_or(false);
    dependency(name, is_healthy, start.elapsed())
}

fn dependency(name: &'static str, is_healthy: bool, time: Duration) -> Dependency {
    let status = match is_healthy {
        true if time <= SLOW => "healthy",
        true => "degraded",
        false => "unreachable",
    };
    Dependency { name, status, latency_ms: time.as_secs_f64() * 1000.0 }
}
