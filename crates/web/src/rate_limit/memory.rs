//! Rate limits in memory, for one process.

mod sliding;
mod steady;

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::{Allowance, Exceeded, Policy, RateLimiter, Refill};
use sliding::Sliding;
use steady::Steady;

/// Number of shards, each with its own lock.
const SHARDS: usize = 64;

/// Monotonic time since any fixed origin.
type Clock = dyn Fn() -> Duration + Send + Sync;
type Shard<K> = Mutex<HashMap<K, Entry>>;

/// Rate limiter in the memory of this process.
pub struct MemoryRateLimiter<K> {
    shards: Vec<Shard<K>>,
    hasher: RandomState,
    clock: Box<Clock>,
}

/// Events of a key.
#[derive(Debug)]
struct Entry {
    events: Events,
    /// Time from which the key has full capacity, in milliseconds.
    full_at: u64,
}

#[derive(Debug)]
enum Events {
    Sliding(Sliding),
    Steady(Steady),
}

impl<K> MemoryRateLimiter<K> {
    /// Creates a rate limiter with a clock.
    pub fn new(clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::new(),
            clock: Box::new(clock),
        }
    }

    /// Returns the number of stored keys.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    /// Returns true if no key is stored.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn now(&self) -> u64 {
        millis((self.clock)())
    }
}

impl<K: Hash> MemoryRateLimiter<K> {
    fn shard(&self, key: &K) -> &Shard<K> {
        let hash = usize::try_from(self.hasher.hash_one(key) >> 32).unwrap_or(0);
        &self.shards[hash % SHARDS]
    }
}

impl<K: Hash + Eq + Send> RateLimiter<K> for MemoryRateLimiter<K> {
    fn take(&self, key: K, policy: &Policy) -> Result<Allowance, Exceeded> {
        let now = self.now();
        let mut shard = self.shard(&key).lock().unwrap_or_else(PoisonError::into_inner);
        let entry = shard.entry(key).or_insert_with(|| Entry::new(policy.refill));
        let (result, full_at) = match &mut entry.events {
            Events::Sliding(events) => (events.take(now, policy), events.full_at(policy)),
            Events::Steady(events) => (events.take(now, policy), events.full_at()),
        };
        entry.full_at = full_at;
        result
    }

    fn sweep(&self) -> usize {
        let now = self.now();
        let mut left = 0;
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, entry| entry.full_at > now);
            shard.shrink_to_fit();
            left += shard.len();
        }
        left
    }
}

impl Entry {
    fn new(refill: Refill) -> Self {
        let events = match refill {
            Refill::Sliding => Events::Sliding(Sliding::default()),
            Refill::Steady => Events::Steady(Steady::default()),
        };
        Self { events, full_at: 0 }
    }
}

impl<K> fmt::Debug for MemoryRateLimiter<K> {
    // Keys are IP and email addresses, so they are not printed.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("MemoryRateLimiter").finish_non_exhaustive()
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[derive(Clone, Default)]
    struct Time(Arc<AtomicU64>);

    impl Time {
        fn set(&self, millis: u64) {
            self.0.store(millis, Ordering::Relaxed);
        }

        fn limiter<K>(&self) -> MemoryRateLimiter<K> {
            let time = self.clone();
            MemoryRateLimiter::new(move || Duration::from_millis(time.0.load(Ordering::Relaxed)))
        }
    }

    fn policy(limit: u32, refill: Refill) -> Policy {
        Policy { name: "test", limit, window: Duration::from_secs(1), refill }
    }

    #[test]
    fn sliding_windows_allow_no_burst_at_a_window_boundary() {
        let (time, policy) = (Time::default(), policy(10, Refill::Sliding));
        let limiter = time.limiter();
        let taken = |now| {
            time.set(now);
            limiter.take("a", &policy).is_ok()
        };
        assert_eq!((0..20).filter(|_| taken(990)).count(), 10);
        assert!(!taken(1010), "a fixed window would have reset at 1000 ms");
        assert!(!taken(1989));
        let exceeded = limiter.take("a", &policy).expect_err("limit exceeded");
        assert_eq!((exceeded.retry_after, exceeded.used), (Duration::from_millis(1), 10));
        assert_eq!((0..20).filter(|_| taken(1990)).count(), 10);
        assert!(limiter.take("b", &policy).is_ok(), "another key");
    }

    #[test]
    fn allowances_report_the_remaining_quota_and_reset_time() {
        let time = Time::default();
        let limiter = time.limiter();
        for (key, refill, reset) in [("sliding", Refill::Sliding, 600), ("steady", Refill::Steady, 250)] {
            let policy = policy(4, refill);
            time.set(1000);
            assert_eq!(limiter.take(key, &policy).map(|left| left.remaining), Ok(3));
            time.set(1400);
            let left = limiter.take(key, &policy).expect("allowed");
            // Steady: the first event's part of the window, 250 ms, is over.
            let remaining = if refill == Refill::Sliding { 2 } else { 3 };
            assert_eq!((left.remaining, left.reset), (remaining, Duration::from_millis(reset)), "{key}");
        }
    }

    #[test]
    fn sweeping_removes_keys_at_full_capacity() {
        for refill in [Refill::Sliding, Refill::Steady] {
            let (time, policy) = (Time::default(), policy(1, refill));
            let limiter = time.limiter();
            for key in 0..1000 {
                assert!(limiter.take(key, &policy).is_ok());
            }
            time.set(999);
            assert_eq!(limiter.sweep(), 1000, "{refill:?}");
            time.set(1000);
            assert_eq!(limiter.sweep(), 0, "{refill:?}");
            assert!(limiter.is_empty());
        }
    }

    #[test]
    fn a_limit_of_zero_rejects_every_request() {
        for refill in [Refill::Sliding, Refill::Steady] {
            let limiter = Time::default().limiter();
            assert!(limiter.take((), &policy(0, refill)).is_err(), "{refill:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_window_exceeds_its_limit(gaps in proptest::collection::vec(0_u64..400, 1..200)) {
            for (refill, most) in [(Refill::Sliding, 7), (Refill::Steady, 14)] {
                let (time, policy) = (Time::default(), policy(7, refill));
                let limiter = time.limiter();
                let mut now = 0;
                let mut taken = Vec::new();
                for gap in &gaps {
                    now += gap;
                    time.set(now);
                    if limiter.take((), &policy).is_ok() {
                        taken.push(now);
                    }
                }
                for first in &taken {
                    let count = taken.iter().filter(|time| (*first..first + 1000).contains(time)).count();
                    proptest::prop_assert!(count <= most, "{refill:?}: {count}");
                }
            }
        }
    }
}
