//! Sliding windows, each over the times of what it counted: exact, and no larger than its limit.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Mutex, PoisonError};

/// Parts that are locked apart.
const SHARDS: usize = 64;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    /// Whether one more was taken.
    pub is_taken: bool,
    /// How many there are in the window, with that one.
    pub used: u32,
    /// Milliseconds until the oldest leaves the window.
    pub wait_ms: i64,
}

type Shard<K> = Mutex<HashMap<K, VecDeque<i64>>>;

/// The windows of all keys.
#[derive(Debug)]
pub(super) struct Windows<K> {
    shards: Vec<Shard<K>>,
    hasher: RandomState,
}

impl<K> Default for Windows<K> {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect(), hasher: RandomState::new() }
    }
}

impl<K: Hash + Eq> Windows<K> {
    /// Counts one at `now`, unless `most` are in the window already.
    pub(super) fn take(&self, key: K, now: i64, window: i64, most: u32) -> Count {
        let mut shard = self.shard(&key).lock().unwrap_or_else(PoisonError::into_inner);
        let times = shard.entry(key).or_default();
        leave(times, now - window);
        let is_taken = count(times) < most;
        if is_taken {
            times.push_back(now);
        }
        Count { is_taken, used: count(times), wait_ms: wait(times, now, window) }
    }

    /// Forgets keys of which nothing is younger than `longest`.
    pub(super) fn sweep(&self, now: i64, longest: i64) {
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, times| times.back().is_some_and(|last| *last > now - longest));
            shard.shrink_to_fit();
        }
    }

    fn shard(&self, key: &K) -> &Shard<K> {
        let hash = usize::try_from(self.hasher.hash_one(key) >> 32).unwrap_or(0);
        &self.shards[hash % SHARDS]
    }
}

fn leave(times: &mut VecDeque<i64>, before: i64) {
    while times.front().is_some_and(|time| *time <= before) {
        times.pop_front();
    }
}

fn count(times: &VecDeque<i64>) -> u32 {
    u32::try_from(times.len()).unwrap_or(u32::MAX)
}

fn wait(times: &VecDeque<i64>, now: i64, window: i64) -> i64 {
    times.front().map_or(0, |oldest| (oldest + window - now).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_slides_and_has_no_edge_that_lets_twice_as_many_through() {
        let windows = Windows::default();
        let taken = |now| windows.take("a", now, 1000, 10).is_taken;
        assert_eq!((0..20).filter(|_| taken(990)).count(), 10);
        assert!(!taken(1010), "a fixed window would have begun anew at 1000");
        assert!(!taken(1989));
        assert_eq!(windows.take("a", 1989, 1000, 10).wait_ms, 1);
        assert_eq!((0..20).filter(|_| taken(1990)).count(), 10);
        assert!(windows.take("b", 1990, 1000, 10).is_taken, "another key");
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let windows = Windows::default();
        for key in 0..1000 {
            windows.take(key, 0, 1000, 1);
        }
        windows.sweep(2000, 1000);
        assert!(windows.shards.iter().all(|shard| shard.lock().expect("a shard").is_empty()));
    }

    proptest::proptest! {
        #[test]
        fn no_window_of_any_place_holds_more_than_the_limit(gaps in proptest::collection::vec(0_i64..400, 1..200)) {
            let windows = Windows::default();
            let mut now = 0;
            let mut taken = Vec::new();
            for gap in gaps {
                now += gap;
                if windows.take((), now, 1000, 7).is_taken {
                    taken.push(now);
                }
            }
            for first in &taken {
                proptest::prop_assert!(taken.iter().filter(|time| (*first..first + 1000).contains(time)).count() <= 7);
            }
        }
    }
}
