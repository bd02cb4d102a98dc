//! Rate limit of forms by IP address, in memory: each process counts separately.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use web::client_prefix::{assignment_prefix, client_prefix};
use web::rate_limit::{MemoryRateLimiter, Policy, RateLimiter as _, Refill};

/// Forms that an IP address may submit at once; then one more each [`PERIOD`].
const BURST: u32 = 10;
/// Clients of one network that may submit as many forms each, before the network's limit counts.
const CLIENTS_PER_NETWORK: u32 = 10;
/// Interval at which one more form is allowed.
const PERIOD: Duration = Duration::from_mins(1);

/// Limits the forms of an IP address and of its network: a burst, then a steady rate. Either is removed soon after its
/// full capacity is restored.
#[derive(Debug)]
pub struct ByAddress {
    limiter: MemoryRateLimiter<Sender>,
    policy: Policy,
    /// Policy of networks.
    network_policy: Policy,
    /// True while a task removes IP addresses.
    is_swept: AtomicBool,
}

/// Whom a count belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sender {
    /// An IPv4 address, or the first 64 bits of an IPv6 address.
    Client(IpAddr),
    /// The first 24 bits of an IPv4 address, or 48 of an IPv6 address.
    Network(IpAddr),
}

impl Default for ByAddress {
    fn default() -> Self {
        Self::new(PERIOD)
    }
}

impl ByAddress {
    fn new(period: Duration) -> Self {
        let start = Instant::now();
        let limiter = MemoryRateLimiter::new(move || start.elapsed());
        let policy = Policy { name: "forms", limit: BURST, window: period * BURST, refill: Refill::Steady };
        let network_policy = Policy {
            name: "forms-network",
            limit: BURST * CLIENTS_PER_NETWORK,
            window: policy.window,
            refill: Refill::Steady,
        };
        Self { limiter, policy, network_policy, is_swept: AtomicBool::new(false) }
    }

    /// Counts a form of an IP address. Returns the time to wait if the limit is exceeded. Must be called within a
    /// runtime.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Result<(), Duration> {
        let client = self.limiter.take(Sender::Client(client_prefix(address)), &self.policy);
        let result =
            client.and_then(|_| self.limiter.take(Sender::Network(assignment_prefix(address)), &self.network_policy));
        if !self.is_swept.swap(true, Ordering::AcqRel) {
            tokio::spawn(Arc::clone(self).sweep());
        }
        result.map(drop).map_err(|exceeded| exceeded.retry_after)
    }

    /// Removes IP addresses until none is left.
    async fn sweep(self: Arc<Self>) {
        while self.limiter.sweep() > 0 {
            tokio::time::sleep(self.policy.window).await;
        }
        self.is_swept.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_client_prefix_has_its_own_limit() {
        let limit = Arc::new(ByAddress::default());
        let one: IpAddr = "2001:db8::1".parse().expect("an address");
        let same_prefix: IpAddr = "2001:db8::2".parse().expect("an address");
        let other_prefix: IpAddr = "2001:db8:0:1::1".parse().expect("an address");
        for _ in 0..BURST {
            assert!(limit.take(one).is_ok());
        }
        let wait = limit.take(same_prefix).expect_err("the same prefix");
        assert!(wait <= PERIOD, "{wait:?}");
        assert!(limit.take(other_prefix).is_ok());
    }

    #[tokio::test]
    async fn a_network_of_many_clients_has_a_limit() {
        let limit = Arc::new(ByAddress::default());
        let take = |client: u32| {
            let address = IpAddr::from([0x2001, 0xdb8, 1, u16::try_from(client).unwrap_or(0), 0, 0, 0, 1]);
            limit.take(address).is_ok()
        };
        let taken = (0..1000).filter(|client| take(*client)).count();
        assert_eq!(taken, 100, "of a thousand clients in one /48");
        assert!(limit.take("2001:db8:2::1".parse().expect("an address")).is_ok(), "another network");
    }

    #[tokio::test]
    async fn an_ip_address_is_removed_after_its_capacity_is_restored() {
        let limit = Arc::new(ByAddress::new(Duration::from_millis(2)));
        for last in 0..50 {
            assert!(limit.take(IpAddr::from([192, 0, 2, last])).is_ok());
        }
        assert_eq!(limit.limiter.len(), 51, "50 clients of one network");
        tokio::time::timeout(Duration::from_secs(20), async {
            while !limit.limiter.is_empty() {
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect("all IP addresses are removed");
    }
}
