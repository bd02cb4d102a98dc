//! The portal's metrics, for operators.

use std::time::Duration;

use prometheus::{Histogram, IntCounter, IntGauge};
use web::metrics::Registry;

/// Histogram buckets of response times, as upper bounds in seconds: a cached response takes microseconds, a rendered
/// page milliseconds.
const SECONDS: [f64; 10] = [0.000_05, 0.000_2, 0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 20.0];

/// The metrics of the process. Handles of frequent metrics are stored, so that counting is one atomic addition.
#[derive(Debug)]
pub struct Metrics {
    /// The registry that exposes them.
    pub registry: Registry,
    by_class: [IntCounter; 5],
    seconds: Histogram,
    /// Pages rendered. Cached responses don't count.
    pub renders: IntCounter,
    /// Reloads of the content.
    pub reloads: IntCounter,
    /// Failed reloads. The previous snapshot is then still served.
    pub failed_reloads: IntCounter,
    /// Responses that are not yet compressed with the best effort.
    pub responses_to_recompress: IntGauge,
    /// Pages of the site.
    pub pages: IntGauge,
    /// Problems of the content.
    pub problems: IntGauge,
    /// Failed requests to the API.
    pub registry_failures: IntCounter,
    /// Open connections.
    pub connections: IntGauge,
    /// Connections that a limit refused or closed.
    pub limited_connections: IntCounter,
}

impl Metrics {
    /// Registers all metrics.
    pub fn new() -> Result<Self, prometheus::Error> {
        let metrics = Registry::default();
        let requests =
            metrics.counters("portal_requests_total", "Completed requests, by class of status.", &["class"])?;
        let class = |name| requests.get_metric_with_label_values(&[name]);
        Ok(Self {
            by_class: [class("1xx")?, class("2xx")?, class("3xx")?, class("4xx")?, class("5xx")?],
            seconds: metrics.histogram(
                "portal_request_seconds",
                "Seconds from the head of a request to the head of its response.",
                &SECONDS,
            )?,
            renders: metrics.counter("portal_renders_total", "Responses built.")?,
            reloads: metrics.counter("portal_reloads_total", "Reloads of the content.")?,
            failed_reloads: metrics.counter(
                "portal_failed_reloads_total",
                "Reloads of the content that failed. The previous site is still served.",
            )?,
            responses_to_recompress: metrics
                .gauge("portal_unpolished_answers", "Responses not yet compressed with the best effort.")?,
            pages: metrics.gauge("portal_pages", "Pages of the site.")?,
            problems: metrics
                .gauge("portal_content_problems", "Problems of the content, as `portal check` reports them.")?,
            registry_failures: metrics.counter("portal_registry_failures_total", "Failed requests to the API.")?,
            connections: metrics.gauge("portal_connections", "Open connections.")?,
            limited_connections: metrics
                .counter("portal_limited_connections_total", "Connections that a limit refused or closed.")?,
            registry: metrics,
        })
    }

    /// Counts a response.
    pub fn record_response(&self, status: http::StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.by_class[class].inc();
        self.seconds.observe(took.as_secs_f64());
    }
}
