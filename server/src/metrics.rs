//! What operators measure, in Prometheus' text format.

use std::time::Duration;

use prometheus::{Encoder, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

/// Upper bounds of answer times in seconds: a finished answer takes microseconds, a page that is made milliseconds.
const SECONDS: [f64; 10] = [0.000_05, 0.000_2, 0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 20.0];

/// The process' counters. Handles of hot ones are kept, so that counting is one atomic addition.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    by_class: [IntCounter; 5],
    seconds: Histogram,
    /// Pages that were rendered: answers from finished bytes don't count here.
    pub renders: IntCounter,
    /// Times that the content was read again.
    pub reloads: IntCounter,
    /// Times that it could not be, and the site before was kept.
    pub failed_reloads: IntCounter,
    /// Answers that are not packed with the best effort yet.
    pub unpolished: IntGauge,
    /// Pages of the site.
    pub pages: IntGauge,
    /// What is wrong with them.
    pub problems: IntGauge,
    /// Open connections.
    pub connections: IntGauge,
}

impl Metrics {
    /// Registers all of them.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("portal_requests_total", "Requests answered, by class of status."),
            &["class"],
        )?;
        registry.register(Box::new(requests.clone()))?;
        let class = |name| requests.get_metric_with_label_values(&[name]);
        let seconds = Histogram::with_opts(
            HistogramOpts::new("portal_request_seconds", "Seconds from a request's head to its answer's head.")
                .buckets(SECONDS.to_vec()),
        )?;
        registry.register(Box::new(seconds.clone()))?;
        let counter = |name: &str, help: &str| {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        let gauge = |name: &str, help: &str| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok::<_, prometheus::Error>(gauge)
        };
        Ok(Self {
            by_class: [class("1xx")?, class("2xx")?, class("3xx")?, class("4xx")?, class("5xx")?],
            seconds,
            renders: counter("portal_renders_total", "Answers that had to be made.")?,
            reloads: counter("portal_reloads_total", "Times that the content was read again.")?,
            failed_reloads: counter(
                "portal_failed_reloads_total",
                "Times that the content could not be read and the site before was kept.",
            )?,
            unpolished: gauge("portal_unpolished_answers", "Answers that wait for the best compression.")?,
            pages: gauge("portal_pages", "Pages of the site.")?,
            problems: gauge("portal_content_problems", "Problems of the content, as `portal check` reports them.")?,
            connections: gauge("portal_connections", "Open connections.")?,
            registry,
        })
    }

    /// Counts an answer.
    pub fn answered(&self, status: http::StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.by_class[class].inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// All metrics as text.
    pub fn text(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}
