//! Sliding window over the times of counted events: exact, and no larger than its limit.

use std::collections::VecDeque;
use std::time::Duration;

use super::millis;
use crate::rate_limit::{Allowance, Exceeded, Policy};

/// Times of a key's events, in milliseconds, oldest first.
#[derive(Debug, Default)]
pub(super) struct Sliding(VecDeque<u64>);

impl Sliding {
    pub(super) fn take(&mut self, now: u64, policy: &Policy) -> Result<Allowance, Exceeded> {
        let window = millis(policy.window);
        while self.0.front().is_some_and(|time| time + window <= now) {
            self.0.pop_front();
        }
        if self.used() >= policy.limit {
            return Err(Exceeded { policy: *policy, used: self.used(), retry_after: self.wait(now, window) });
        }
        self.0.push_back(now);
        Ok(Allowance { policy: *policy, remaining: policy.limit - self.used(), reset: self.wait(now, window) })
    }

    pub(super) fn full_at(&self, policy: &Policy) -> u64 {
        self.0.back().map_or(0, |last| last + millis(policy.window))
    }

    fn used(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Returns the time until the oldest event leaves the window.
    fn wait(&self, now: u64, window: u64) -> Duration {
        Duration::from_millis(self.0.front().map_or(0, |oldest| (oldest + window).saturating_sub(now)))
    }
}
