//! Rate limits: a policy for each kind of event, a count for each key.
//!
//! [`RateLimiter`] is the interface, [`MemoryRateLimiter`] counts in the memory of one process. One implementation
//! serves both servers: their limits differ in the way that capacity returns ([`Refill`]), and governor has only one of
//! the two, and neither the API's clock nor its count of used capacity.

mod memory;

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

pub use memory::MemoryRateLimiter;

/// A rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The name in `RateLimit-Policy`.
    pub name: &'static str,
    /// Most events in a window.
    pub limit: u32,
    /// The length of the window.
    pub window: Duration,
    /// The way in which capacity returns.
    pub refill: Refill,
}

/// The way in which capacity returns after events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refill {
    /// Each event counts until it is a window old: no window, wherever it starts, holds more events than the limit.
    Sliding,
    /// After a burst of the limit, one more event in each equal part of the window (GCRA): short waits, and up to twice
    /// the limit in the first window.
    Steady,
}

/// The capacity left after an event was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The limit.
    pub policy: Policy,
    /// The number of further events that are allowed now.
    pub remaining: u32,
    /// The time until one more is allowed.
    pub reset: Duration,
}

/// An event that exceeded a limit. It was not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// The limit.
    pub policy: Policy,
    /// The number of events that count at the moment.
    pub used: u32,
    /// The time until one is allowed.
    pub retry_after: Duration,
}

/// A store of counts.
pub trait RateLimiter<K>: fmt::Debug + Send + Sync {
    /// Counts an event of `key`, unless it exceeds the limit. A key belongs to one policy.
    fn take(&self, key: K, policy: &Policy) -> Result<Allowance, Exceeded>;

    /// Removes keys that have all of their capacity, and returns the number of those that have not.
    fn sweep(&self) -> usize;
}

impl Allowance {
    /// Writes the allowance into a response's headers, so that a client need not exceed the limit to learn of it.
    pub fn write_headers(&self, headers: &mut HeaderMap) {
        let Policy { name, limit, window, .. } = self.policy;
        write_headers(headers, name, u64::from(limit), window.as_secs(), self.remaining, whole_seconds(self.reset));
    }
}

/// A wait in whole seconds, rounded up: at least one, so that clients don't retry at once.
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
    fn a_response_tells_the_limit_and_what_remains() {
        let policy = Policy { name: "address", limit: 300, window: Duration::from_mins(1), refill: Refill::Sliding };
        let mut headers = HeaderMap::new();
        Allowance { policy, remaining: 299, reset: Duration::from_millis(59_001) }.write_headers(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"address\";q=300;w=60");
        assert_eq!(headers["ratelimit"], "\"address\";r=299;t=60");
    }

    #[test]
    fn a_wait_is_rounded_up_to_whole_seconds() {
        let seconds = |millis| whole_seconds(Duration::from_millis(millis));
        assert_eq!([0, 1, 1000, 1001, 60_000].map(seconds), [1, 1, 1, 2, 60]);
    }
}
