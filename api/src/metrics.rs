//! Metrics of the API, for operators.

use std::time::Duration;

use prometheus::{HistogramVec, IntCounter, IntCounterVec, IntGauge};
use web::metrics::Registry;

/// Upper bounds of response times, in seconds.
const BUCKETS_SECONDS: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1.0, 5.0, 20.0];

/// Metrics of the process.
#[derive(Debug)]
pub struct Metrics {
    /// Registry that exposes the metrics.
    pub registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    /// Access tokens issued.
    pub tokens: IntCounter,
    /// Wrong secrets and codes.
    pub refusals: IntCounter,
    /// Open connections.
    pub connections: IntGauge,
    /// Connections that a limit refused or closed.
    pub limited_connections: IntCounter,
    /// Audit trails that contradict their anchor, or whose head is not authentic.
    pub broken_trails: IntGauge,
    /// Emails that are not sent yet.
    pub queued_emails: IntGauge,
}

impl Metrics {
    /// Registers all metrics.
    pub fn new() -> Result<Self, prometheus::Error> {
        let metrics = Registry::default();
        Ok(Self {
            requests: metrics.counters(
                "api_requests_total",
                "Responses by method, route and status.",
                &["method", "route", "status"],
            )?,
            seconds: metrics.histograms(
                "api_request_seconds",
                "Response time in seconds, by route.",
                &BUCKETS_SECONDS,
                &["route"],
            )?,
            tokens: metrics.counter("api_tokens_issued_total", "Issued access tokens.")?,
            refusals: metrics.counter("api_refused_secrets_total", "Wrong secrets and codes.")?,
            connections: metrics.gauge("api_connections", "Open connections.")?,
            limited_connections: metrics
                .counter("api_limited_connections_total", "Connections that a limit refused or closed.")?,
            broken_trails: metrics.gauge(
                "api_broken_audit_trails",
                "Audit trails that contradict their anchor, or whose head is not authentic.",
            )?,
            queued_emails: metrics.gauge("api_queued_emails", "Emails that are not sent yet.")?,
            registry: metrics,
        })
    }

    /// Counts a response. Nonstandard methods count as one, since clients can invent any number of them.
    pub fn count_response(&self, method: &str, route: &str, status: u16, time: Duration) {
        let method = match method {
            "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" => method,
            _ => "other",
        };
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[route]).observe(time.as_secs_f64());
    }
}
