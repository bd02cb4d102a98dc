//! How often one address may do something. In memory: one process, one count.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Answers that an address may give at once; after that one more each [`PERIOD`].
const BURST: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Time that earns one more.
const PERIOD: Duration = Duration::from_mins(1);

/// Limits what one address sends (GCRA: a burst, then a steady rate). Addresses that have earned all of theirs again are
/// forgotten soon after.
#[derive(Debug)]
pub struct ByAddress {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    /// The time in which an address earns a whole burst.
    window: Duration,
    /// Whether a task is there that forgets.
    is_swept: AtomicBool,
}

impl Default for ByAddress {
    fn default() -> Self {
        Self::new(PERIOD)
    }
}

impl ByAddress {
    fn new(period: Duration) -> Self {
        let quota = Quota::with_period(period).unwrap_or(Quota::per_minute(BURST)).allow_burst(BURST);
        Self { limiter: RateLimiter::keyed(quota), window: period * BURST.get(), is_swept: AtomicBool::new(false) }
    }

    /// Counts one; how long to wait, where it was one too many. Called from within a runtime.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Result<(), Duration> {
        let taken = self.limiter.check_key(&household(address));
        if !self.is_swept.swap(true, Ordering::AcqRel) {
            tokio::spawn(Arc::clone(self).sweep());
        }
        taken.map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()))
    }

    /// Forgets addresses until none is left.
    async fn sweep(self: Arc<Self>) {
        while !self.limiter.is_empty() {
            tokio::time::sleep(self.window).await;
            self.limiter.retain_recent();
        }
        self.is_swept.store(false, Ordering::Release);
    }
}

/// A household has a network of IPv6 addresses (RFC 6177): they count as one.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_household_has_its_own_limit() {
        let limit = Arc::new(ByAddress::default());
        let one: IpAddr = "2001:db8::1".parse().expect("an address");
        let neighbour: IpAddr = "2001:db8::2".parse().expect("an address");
        let other: IpAddr = "2001:db8:0:1::1".parse().expect("an address");
        for _ in 0..BURST.get() {
            assert!(limit.take(one).is_ok());
        }
        let wait = limit.take(neighbour).expect_err("the same household");
        assert!(wait <= PERIOD, "{wait:?}");
        assert!(limit.take(other).is_ok());
    }
    #[tokio::test]
    async fn who_has_earned_all_again_is_forgotten() {
        let limit = Arc::new(ByAddress::new(Duration::from_millis(2)));
        for last in 0..50 {
            assert!(limit.take(IpAddr::from([192, 0, 2, last])).is_ok());
        }
        assert_eq!(limit.limiter.len(), 50);
        tokio::time::timeout(Duration::from_secs(20), async {
            while !limit.limiter.is_empty() {
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect("nobody is left");
    }
}
