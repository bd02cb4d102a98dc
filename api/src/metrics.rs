//! The API's metrics, for operators.

use std::time::Duration;

use prometheus::{HistogramVec, IntCounter, IntCounterVec};
use web::metrics::Registry;

/// Upper bounds of response times, in seconds.
const SECONDS: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1.0, 5.0, 20.0];

/// The metrics of the process.
#[derive(Debug)]
pub struct Metrics {
    /// The registry that exposes them.
    pub registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    /// Access tokens issued.
    pub tokens: IntCounter,
    /// Secrets and codes refused.
    pub refusals: IntCounter,
}

impl Metrics {
    /// Registers all metrics.
    pub fn new() -> Result<Self, prometheus::Error> {
        let metrics = Registry::default();
        Ok(Self {
            requests: metrics.counters(
                "api_requests_total",
                "Requests answered, by method, route and status.",
                &["method", "route", "status"],
            )?,
            seconds: metrics.histograms(
                "api_request_seconds",
                "Seconds from a request's head to its answer's head, by route.",
                &SECONDS,
                &["route"],
            )?,
            tokens: metrics.counter("api_tokens_issued_total", "Access tokens that were issued.")?,
            refusals: metrics.counter("api_refused_secrets_total", "Secrets and codes that were wrong.")?,
            registry: metrics,
        })
    }

    /// Counts a response. Methods that no standard defines count as one, since any client can invent them.
    pub fn answered(&self, method: &str, route: &str, status: u16, time: Duration) {
        let method = match method {
            "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" => method,
            _ => "other",
        };
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[route]).observe(time.as_secs_f64());
    }
}
