//! What operators measure, in Prometheus' text format.

use std::time::Duration;

use prometheus::{Encoder as _, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts, Registry, TextEncoder};

/// Upper bounds of answer times, in seconds.
const SECONDS: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1.0, 5.0, 20.0];

/// The process' counters.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    /// Access tokens that were issued.
    pub tokens: IntCounter,
    /// Secrets and codes that were wrong.
    pub refusals: IntCounter,
}

impl Metrics {
    /// Registers all of them.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("api_requests_total", "Requests answered, by method, route and status."),
            &["method", "route", "status"],
        )?;
        let seconds = HistogramVec::new(
            HistogramOpts::new("api_request_seconds", "Seconds from a request's head to its answer's head, by route.")
                .buckets(SECONDS.to_vec()),
            &["route"],
        )?;
        let tokens = IntCounter::new("api_tokens_issued_total", "Access tokens that were issued.")?;
        let refusals = IntCounter::new("api_refused_secrets_total", "Secrets and codes that were wrong.")?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        registry.register(Box::new(tokens.clone()))?;
        registry.register(Box::new(refusals.clone()))?;
        Ok(Self { registry, requests, seconds, tokens, refusals })
    }

    /// A request was answered. Methods that nobody defined count as one, since anybody can make them up.
    pub fn answered(&self, method: &str, route: &str, status: u16, time: Duration) {
        let method = match method {
            "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" => method,
            _ => "other",
        };
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[route]).observe(time.as_secs_f64());
    }

    /// All of them as text.
    pub fn text(&self) -> Result<String, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}
