//! Clock of the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// System clock. Tests can change it.
#[derive(Clone, Debug)]
pub struct Clock {
    start: Instant,
    /// Time added by tests, in milliseconds, to both kinds of time.
    ahead_ms: Arc<AtomicI64>,
    /// Correction of the wall clock by tests, in milliseconds.
    correction_ms: Arc<AtomicI64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { start: Instant::now(), ahead_ms: Arc::default(), correction_ms: Arc::default() }
    }
}

impl Clock {
    /// Returns the current time.
    pub fn now(&self) -> Timestamp {
        let shift = self.ahead_ms.load(Ordering::Relaxed) + self.correction_ms.load(Ordering::Relaxed);
        Timestamp::now().saturating_add(jiff::SignedDuration::from_millis(shift)).unwrap_or(Timestamp::MAX)
    }

    /// Returns the current time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// Returns the time since the start of the process. Corrections of the system's time don't change it, so it measures
    /// waits and windows.
    pub fn elapsed(&self) -> Duration {
        let ahead = u64::try_from(self.ahead_ms.load(Ordering::Relaxed)).unwrap_or(0);
        self.start.elapsed() + Duration::from_millis(ahead)
    }

    /// Advances this clock and all its clones.
    pub fn advance(&self, by: Duration) {
        self.ahead_ms.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::Relaxed);
    }

    /// Corrects the wall clock of this clock and all its clones, as an operator or a time server would. No time passes.
    pub fn correct(&self, by: jiff::SignedDuration) {
        self.correction_ms.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::Relaxed);
    }
}
