//! Health: is the process there, and should it be sent readers?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::State;
use http::StatusCode;

/// Whether the server is being stopped.
#[derive(Clone, Debug, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// From now on, readers should go elsewhere.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_begun(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// `/healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `/readyz`: 200 while readers are welcome, 503 while the server stops.
pub async fn readyz(State(draining): State<Draining>) -> (StatusCode, &'static str) {
    if draining.is_begun() { (StatusCode::SERVICE_UNAVAILABLE, "stopping\n") } else { (StatusCode::OK, "ready\n") }
}
