//! Draining: a stopping server fails its readiness check, finishes requests in flight and accepts no new connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The draining state of a process, shared by its accept loop and its readiness check.
#[derive(Clone, Debug, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// Starts draining. It can't be undone.
    pub fn start(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// True once draining has started.
    pub fn is_started(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
