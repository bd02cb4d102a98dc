//! Idempotent calls in flight.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Calls that are in flight: two with the same key run one after the other.
#[derive(Debug, Default)]
pub struct InFlightCalls(Mutex<HashMap<Vec<u8>, Weak<tokio::sync::Mutex<()>>>>);

impl InFlightCalls {
    /// The lock of a call, by its HMAC.
    pub fn lock_of(&self, id: &[u8]) -> Arc<tokio::sync::Mutex<()>> {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(call) = calls.get(id).and_then(Weak::upgrade) {
            return call;
        }
        calls.retain(|_, call| call.strong_count() > 0);
        let call = Arc::default();
        calls.insert(id.to_vec(), Arc::downgrade(&call));
        call
    }
}
