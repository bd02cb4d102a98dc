//! Rate limits: a policy for each kind of event, a count for each key.
//!
//! [`RateLimiter`] is the interface; [`MemoryRateLimiter`] counts in the memory of one process. Both servers use this
//! implementation: their limits differ in how capacity returns ([`Refill`]). governor supports only one of the two, and
//! neither the API's clock nor its count of used capacity.

mod memory;

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

pub use memory::MemoryRateLimiter;

/// A rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Name in `RateLimit-Policy`.
    pub name: &'static str,
    /// Maximum number of events in a window.
    pub limit: u32,
    /// Length of the window.
    pub window: Duration,
    /// Refill of the capacity.
    pub refill: Refill,
}

/// Refill of the capacity after events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refill {
    /// Each event counts until it is a window old: no window, wherever it starts, contains more events than the limit.
    Sliding,
    /// After a burst of the limit, one more event in each equal part of the window (GCRA): short waits, and up to twice
    /// the limit in the first window.
    Steady,
}

/// Remaining capacity after an event was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Limit that the event counts toward.
    pub policy: Policy,
    /// Number of further events that are allowed now.
    pub remaining: u32,
    /// Time until one more event is allowed.
    pub reset: Duration,
}

/// Event that exceeded a limit. It was not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// Exceeded limit.
    pub policy: Policy,
    /// Number of events that currently count.
    pub used: u32,
    /// Time until an event is allowed.
    pub retry_after: Duration,
}

/// Store of counts.
pub trait RateLimiter<K>: fmt::Debug + Send + Sync {
    /// Counts an event of `key`, unless it exceeds the limit. Each key belongs to one policy.
    fn take(&self, key: K, policy: &Policy) -> Result<Allowance, Exceeded>;

    /// Removes keys with full capacity; returns the number of remaining keys.
    fn sweep(&self) -> usize;
}

impl Allowance {
    /// Writes the allowance into a response's headers, so that clients need not exceed the limit to detect it.
    pub fn write_headers(&self, headers: &mut HeaderMap) {
        let Policy { name, limit, window, .. } = self.policy;
        write_headers(headers, name, u64::from(limit), window.as_secs(), self.remaining, whole_seconds(self.reset));
    }
}

/// Rounds a wait up to whole seconds, at least one, so that clients don't retry immediately.
pub fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1)
}

/// Writes `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
pub fn write_headers(
    headers: &mut HeaderMap,
    policy: &str,
    limit: u64,
    window_seconds: u64,
    remaining: u32,
    reset_seconds: u64,
) {
    for (header, value) in [
        ("ratelimit-policy", format!("\"{policy}\";q={limit};w={window_seconds}")),
        ("ratelimit", format!("\"{policy}\";r={remaining};t={reset_seconds}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn response_headers_report_the_limit_and_remaining_quota() {
        let policy = Policy { name: "address", limit: 300, window: Duration::from_mins(1), refill: Refill::Sliding };
        let mut headers = HeaderMap::new();
        Allowance { policy, remaining: 299, reset: Duration::from_millis(59_001) }.write_headers(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"address\";q=300;w=60");
        assert_eq!(headers["ratelimit"], "\"address\";r=299;t=60");
    }

    #[test]
    fn durations_are_rounded_up_to_whole_seconds() {
        let seconds = |millis| whole_seconds(Duration::from_millis(millis));
        assert_eq!([0, 1, 1000, 1001, 60_000].map(seconds), [1, 1, 1, 2, 60]);
    }
}
