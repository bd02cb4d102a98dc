//! Retry policy: backoff, `Retry-After` and deadline.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use http::StatusCode;
use tokio::time::Instant;

use crate::{Error, Result};

/// Minimum delay between attempts; doubles each time, plus jitter of up to the same again.
const MIN_DELAY: Duration = Duration::from_millis(100);
/// Maximum delay, unless the server requests a longer one.
const MAX_DELAY: Duration = Duration::from_secs(2);

/// Retries and deadline of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retry {
    /// Attempts after the first one.
    pub(crate) max_retries: usize,
    /// Deadline of the call.
    pub(crate) deadline: Instant,
}

impl Retry {
    /// Retries until success, a permanent error or the deadline.
    pub(crate) async fn run<T, F: Future<Output = Result<T>>>(self, attempt: impl FnMut() -> F) -> Result<T> {
        let delays = ExponentialBuilder::default()
            .with_min_delay(MIN_DELAY)
            .with_max_delay(MAX_DELAY)
            .with_max_times(self.max_retries)
            .with_jitter();
        let retried = attempt.retry(delays).when(is_transient).adjust(|error, delay| self.delay(error, delay));
        self.with_deadline(retried).await
    }

    /// Fails with a timeout at the deadline.
    pub(crate) async fn with_deadline<T>(self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::time::timeout_at(self.deadline, work).await.unwrap_or(Err(Error::Timeout))
    }

    /// Returns the delay before the next attempt, at least `Retry-After`. `None` if the deadline comes first, so that
    /// the error is returned now.
    fn delay(self, error: &Error, delay: Option<Duration>) -> Option<Duration> {
        let delay = delay?.max(error.retry_after().unwrap_or_default());
        (Instant::now() + delay < self.deadline).then_some(delay)
    }
}

/// Returns true for temporary failures. A 429 without `Retry-After` is not retried.
fn is_transient(error: &Error) -> bool {
    match error.status() {
        Some(StatusCode::TOO_MANY_REQUESTS) => error.retry_after().is_some(),
        _ => error.is_unavailable(),
    }
}
