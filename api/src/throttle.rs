//! Throttling: rate limits, and the count of wrong secrets.

use std::net::IpAddr;
use std::sync::Arc;

use web::rate_limit::Allowance;

use crate::error::ApiError;
use crate::limits::{Key, Limits};
use crate::metrics::Metrics;

/// Rate limits, and the count of wrong secrets.
#[derive(Clone, Debug)]
pub struct Throttle {
    limits: Arc<Limits>,
    metrics: Arc<Metrics>,
}

impl Throttle {
    /// A throttle by limits, that counts wrong secrets.
    pub fn new(limits: Arc<Limits>, metrics: Arc<Metrics>) -> Self {
        Self { limits, metrics }
    }

    /// Counts a call against a limit.
    ///
    /// # Errors
    ///
    /// [`ApiError::RateLimited`] beyond it.
    pub fn take(&self, key: Key) -> Result<Allowance, ApiError> {
        self.limits.take(key)
    }

    /// Counts a wrong secret or code.
    ///
    /// # Errors
    ///
    /// [`ApiError::RateLimited`] for an address that sent too many.
    pub fn take_failure(&self, address: IpAddr) -> Result<(), ApiError> {
        self.take(Key::Failure(address))?;
        self.metrics.refusals.inc();
        Ok(())
    }
}
