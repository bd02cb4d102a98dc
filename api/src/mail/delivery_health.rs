//! Delivery health, from the last attempt or probe.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::transport::Transport;

/// Time for which a success is cached.
const HEALTHY_TTL: Duration = Duration::from_mins(1);
/// Time for which a failure is cached, so that frequent health checks probe the server rarely.
const UNHEALTHY_TTL: Duration = Duration::from_secs(5);
/// Timeout of a probe.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

/// Cached delivery health.
#[derive(Clone, Debug, Default)]
pub(super) struct DeliveryHealth(Arc<Mutex<Option<Reading>>>);

#[derive(Clone, Copy, Debug)]
struct Reading {
    is_healthy: bool,
    latency: Duration,
    at: Instant,
}

impl DeliveryHealth {
    /// Records the outcome of an attempt that began at `start`.
    pub(super) async fn record(&self, is_healthy: bool, start: Instant) {
        let mut cached = self.0.lock().await;
        *cached = Some(Reading { is_healthy, latency: start.elapsed(), at: Instant::now() });
    }

    /// Returns true if delivery works, and the latency of that check.
    pub(super) async fn check(&self, transport: &Transport) -> (bool, Duration) {
        let mut cached = self.0.lock().await;
        let is_current =
            |cached: &&Reading| cached.at.elapsed() < if cached.is_healthy { HEALTHY_TTL } else { UNHEALTHY_TTL };
        if let Some(cached) = cached.as_ref().filter(is_current) {
            return (cached.is_healthy, cached.latency);
        }
        let start = Instant::now();
        let is_healthy = timeout(PROBE_TIMEOUT, transport.probe()).await.unwrap_or(false);
        let now = Reading { is_healthy, latency: start.elapsed(), at: Instant::now() };
        *cached = Some(now);
        (now.is_healthy, now.latency)
    }
}
