//! The health of the registry, fetched at most once every five seconds.

use std::sync::Arc;
use std::time::Duration;

use client::Client;
use jiff::Timestamp;
use site::view::status::HealthReport;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// Lifetime of a report: the API gets at most one request in that time.
const LIFETIME: Duration = Duration::from_secs(5);

/// The last report.
#[derive(Clone, Debug, Default)]
pub struct HealthCache(Arc<Mutex<Option<(Instant, HealthReport)>>>);

impl HealthCache {
    /// Returns the last report, or fetches a new one.
    pub async fn fetch(&self, api: &Client) -> HealthReport {
        let mut last = self.0.lock().await;
        if let Some((_, report)) = last.as_ref().filter(|(fetched, _)| fetched.elapsed() < LIFETIME) {
            return report.clone();
        }
        let at = Timestamp::now();
        let health = api.health().detailed().await;
        if let Err(error) = &health {
            tracing::warn!(%error, "the health check of the registry failed");
        }
        let report = HealthReport { health: health.ok(), at };
        *last = Some((Instant::now(), report.clone()));
        report
    }
}
