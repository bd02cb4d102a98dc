//! `GET /health/detailed`

use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::mail::Mailer;
use crate::registry::Registry;

/// Beyond this, a dependency counts as degraded.
const SLOW: Duration = Duration::from_secs(1);
/// Beyond this, it counts as out of reach.
const GIVEN_UP: Duration = Duration::from_secs(5);

/// Each dependency, without names of hosts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DetailedHealth, example = json!({
    "status": "healthy", "dependencies": [{ "name": "database", "status": "healthy", "latencyMs": 0.2 }],
}))]
pub struct DetailedHealth {
    /// `healthy`, `degraded` or `unreachable`.
    pub status: &'static str,
    /// What it leans on.
    pub dependencies: Vec<Dependency>,
}

/// A dependency.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dependency {
    /// What it is.
    pub name: &'static str,
    /// `healthy`, `degraded` (more than a second) or `unreachable`.
    pub status: &'static str,
    /// How long it took, in milliseconds.
    pub latency_ms: f64,
}

/// Ask how each dependency stands
///
/// 200 where all is well, 207 where some is slow or out of reach, 503 where the database can't be used at all.
#[utoipa::path(get, path = "/health/detailed", tag = "Health", operation_id = "getDetailedHealth", security(()),
    responses((status = 200, description = "All is well.", body = DetailedHealth), (status = 207, description = "Some is not.", body = DetailedHealth),
        (status = 503, description = "The database can't be used.", body = DetailedHealth)))]
pub async fn detailed(
    State(registry): State<Registry>,
    State(mailer): State<Mailer>,
) -> (StatusCode, Json<DetailedHealth>) {
    let reading = probe("database", registry.store.is_readable()).await;
    let writing = probe("database-writer", registry.store.is_writable()).await;
    let (leaves, took) = mailer.works().await;
    let mail = told("mail", leaves, took);
    // Mails can wait; without its database the API can't do anything.
    let is_usable = [&reading, &writing].iter().any(|one| one.status != "unreachable");
    let dependencies = vec![reading, writing, mail];
    let (code, status) = match dependencies.iter().all(|one| one.status == "healthy") {
        true => (StatusCode::OK, "healthy"),
        false if is_usable => (StatusCode::MULTI_STATUS, "degraded"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "unreachable"),
    };
    (code, Json(DetailedHealth { status, dependencies }))
}

async fn probe(name: &'static str, works: impl Future<Output = bool>) -> Dependency {
    let start = Instant::now();
    let works = tokio::time::timeout(GIVEN_UP, works).await.unwrap_or(false);
    told(name, works, start.elapsed())
}

fn told(name: &'static str, works: bool, time: Duration) -> Dependency {
    let status = match works {
        true if time <= SLOW => "healthy",
        true => "degraded",
        false => "unreachable",
    };
    Dependency { name, status, latency_ms: time.as_secs_f64() * 1000.0 }
}
