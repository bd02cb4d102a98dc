//! Metrics in Prometheus' text format: their registration, and `/metrics` on a separate address. Metrics are for
//! operators, not for clients.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use prometheus::core::Collector;
use prometheus::{
    Error, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, TextEncoder,
};
use tokio::net::TcpListener;

/// The metrics of a process.
#[derive(Clone, Debug, Default)]
pub struct Registry(prometheus::Registry);

impl Registry {
    /// Registers a counter.
    pub fn counter(&self, name: &str, help: &str) -> Result<IntCounter, Error> {
        self.register(IntCounter::new(name, help)?)
    }

    /// Registers a counter for each combination of labels.
    pub fn counters(&self, name: &str, help: &str, labels: &[&str]) -> Result<IntCounterVec, Error> {
        self.register(IntCounterVec::new(Opts::new(name, help), labels)?)
    }

    /// Registers a gauge.
    pub fn gauge(&self, name: &str, help: &str) -> Result<IntGauge, Error> {
        self.register(IntGauge::new(name, help)?)
    }

    /// Registers a histogram with upper bounds of its buckets.
    pub fn histogram(&self, name: &str, help: &str, buckets: &[f64]) -> Result<Histogram, Error> {
        self.register(Histogram::with_opts(HistogramOpts::new(name, help).buckets(buckets.to_vec()))?)
    }

    /// Registers a histogram for each combination of labels.
    pub fn histograms(&self, name: &str, help: &str, buckets: &[f64], labels: &[&str]) -> Result<HistogramVec, Error> {
        let options = HistogramOpts::new(name, help).buckets(buckets.to_vec());
        self.register(HistogramVec::new(options, labels)?)
    }

    /// Returns the values of all metrics as text.
    pub fn text(&self) -> Result<String, Error> {
        TextEncoder::new().encode_to_string(&self.0.gather())
    }

    fn register<M: Collector + Clone + 'static>(&self, metric: M) -> Result<M, Error> {
        self.0.register(Box::new(metric.clone()))?;
        Ok(metric)
    }
}

/// Serves `/metrics` until the task is aborted.
pub async fn serve(listener: TcpListener, registry: Registry) {
    if let Err(error) = axum::serve(listener, router(registry)).await {
        tracing::error!("metrics: {error}");
    }
}

fn router(registry: Registry) -> Router {
    Router::new().route("/metrics", get(show)).with_state(registry)
}

async fn show(State(registry): State<Registry>) -> Response {
    match registry.text() {
        Ok(text) => ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_metrics_include_help_and_labels() {
        let registry = Registry::default();
        registry.counter("a_total", "Things.").expect("registered").inc();
        registry.counters("b_total", "Others.", &["kind"]).expect("registered").with_label_values(&["x"]).inc_by(2);
        registry.gauge("c", "Open ones.").expect("registered").set(3);
        registry.histogram("d_seconds", "Times.", &[0.5]).expect("registered").observe(0.1);
        let text = registry.text().expect("text");
        for line in
            ["# HELP a_total Things.", "a_total 1", "b_total{kind=\"x\"} 2", "c 3", "d_seconds_bucket{le=\"0.5\"} 1"]
        {
            assert!(text.lines().any(|written| written == line), "{line}: {text}");
        }
        assert!(registry.gauge("c", "Taken.").is_err());
    }
}
