//! What time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;

use crate::domain::field::Refusal;

/// The system's clock. It can be put forward, so that a test sees what three days bring.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Timestamp {
        let ahead = jiff::SignedDuration::from_millis(self.ahead_ms.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Now, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// Puts it forward, for everybody who holds a copy.
    pub fn advance(&self, by: Duration) {
        self.ahead_ms.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::Relaxed);
    }
}

/// Reads a time as RFC 3339 writes it. Those of its last hours, which can't be told, are the last one that can.
pub fn read(text: &str) -> Result<Timestamp, Refusal> {
    let beyond = || {
        let pieces = Pieces::parse(text).ok()?;
        let is_whole = pieces.time().is_some() && pieces.to_numeric_offset().is_some();
        is_whole.then_some(if pieces.date().year() > 0 { Timestamp::MAX } else { Timestamp::MIN })
    };
    let time = text.parse().ok().or_else(beyond);
    time.ok_or_else(|| Refusal("is no time such as 2026-11-25T09:30:00Z".to_owned()))
}

/// A time of the database as RFC 3339 writes it, in UTC with milliseconds.
pub fn rfc3339(ms: i64) -> String {
    let time = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_of_rfc_3339_is_read() {
        assert_eq!(read("2026-11-25T10:30:00+01:00"), read("2026-11-25T09:30:00Z"));
        for last in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999-23:59", "9999-12-30T23:00:00+00:00"] {
            assert_eq!(read(last), Ok(Timestamp::MAX), "{last}");
        }
        assert!(read("0000-01-01T00:00:00+23:59").is_ok_and(|first| first < Timestamp::UNIX_EPOCH));
        for wrong in ["", "9999-12-31", "9999-12-31T23:59:59", "9999-12-32T00:00:00Z", "2026-02-30T00:00:00Z", "now"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
