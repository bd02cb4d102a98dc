//! How often one address may do something. In memory: one process, one count.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Answers that an address may give at once; after that one more each [`PERIOD`].
const BURST: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Time that earns one more.
const PERIOD: Duration = Duration::from_mins(1);
/// From this many addresses on, those that have earned all of theirs are forgotten.
const MANY: usize = 10_000;

/// Limits what one address sends (GCRA: a burst, then a steady rate).
#[derive(Debug)]
pub struct ByAddress(DefaultKeyedRateLimiter<IpAddr>);

impl Default for ByAddress {
    fn default() -> Self {
        let quota = Quota::with_period(PERIOD).unwrap_or(Quota::per_minute(BURST)).allow_burst(BURST);
        Self(RateLimiter::keyed(quota))
    }
}

impl ByAddress {
    /// Counts one; how long to wait, where it was one too many.
    pub fn take(&self, address: IpAddr) -> Result<(), Duration> {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0
            .check_key(&household(address))
            .map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()))
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

    #[test]
    fn each_household_has_its_own_limit() {
        let limit = ByAddress::default();
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
}
