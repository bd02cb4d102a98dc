//! Steady refill by the generic cell rate algorithm: one number per key.

use std::time::Duration;

use super::millis;
use crate::rate_limit::{Allowance, Exceeded, Policy};

/// Time at which a key has full capacity again, in milliseconds: the algorithm's theoretical arrival time.
#[derive(Debug, Default)]
pub(super) struct Steady(u64);

impl Steady {
    pub(super) fn take(&mut self, now: u64, policy: &Policy) -> Result<Allowance, Exceeded> {
        let Some(period) = millis(policy.window).checked_div(u64::from(policy.limit)).map(|period| period.max(1))
        else {
            return Err(Exceeded { policy: *policy, used: 0, retry_after: policy.window });
        };
        let capacity = period * u64::from(policy.limit);
        let full_at = self.0.max(now) + period;
        if full_at - now > capacity {
            let retry_after = Duration::from_millis(full_at - now - capacity);
            return Err(Exceeded { policy: *policy, used: policy.limit, retry_after });
        }
        self.0 = full_at;
        let debt = full_at - now;
        let used = u32::try_from(debt.div_ceil(period)).unwrap_or(u32::MAX);
        let reset = Duration::from_millis(debt - u64::from(used - 1) * period);
        Ok(Allowance { policy: *policy, remaining: policy.limit.saturating_sub(used), reset })
    }

    pub(super) fn full_at(&self) -> u64 {
        self.0
    }
}
