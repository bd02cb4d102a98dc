//! When a call is tried again, and when no more.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use http::StatusCode;
use tokio::time::Instant;

use crate::{Error, Result};

/// First pause between attempts; each is twice as long as the one before, with as much again by chance.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// Longest pause that is not asked for by the server.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// How often, and until when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retry {
    /// Attempts after the first one.
    pub(crate) most: usize,
    /// When the caller's patience ends.
    pub(crate) end: Instant,
}

impl Retry {
    /// Tries until it works, may not be tried again, or there is no time left.
    pub(crate) async fn run<T, F: Future<Output = Result<T>>>(self, attempt: impl FnMut() -> F) -> Result<T> {
        let pauses = ExponentialBuilder::default()
            .with_min_delay(FIRST_PAUSE)
            .with_max_delay(LONGEST_PAUSE)
            .with_max_times(self.most)
            .with_jitter();
        let retried = attempt.retry(pauses).when(is_passing).adjust(|error, pause| self.pause(error, pause));
        self.within(retried).await
    }

    /// Waits until the deadline, and no longer.
    pub(crate) async fn within<T>(self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::time::timeout_at(self.end, work).await.unwrap_or(Err(Error::Timeout))
    }

    /// The pause before the next attempt: what the server asks for, if it is longer. None where the deadline lies before
    /// its end: the error is told now, and not a timeout later.
    fn pause(self, error: &Error, pause: Option<Duration>) -> Option<Duration> {
        let pause = pause?.max(error.retry_after().unwrap_or_default());
        (Instant::now() + pause < self.end).then_some(pause)
    }
}

/// Whether the same call may work later. A 429 without `Retry-After` does not say when.
fn is_passing(error: &Error) -> bool {
    match error.status() {
        Some(StatusCode::TOO_MANY_REQUESTS) => error.retry_after().is_some(),
        _ => error.is_unavailable(),
    }
}
