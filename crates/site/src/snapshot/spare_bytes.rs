//! Memory for bodies that could be derived from another encoding.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Maximum bytes of bodies stored beside the smallest encoding: all of a site of some hundred pages. Further responses are
/// compact.
const LIMIT: usize = 16 << 20;

/// Bytes of bodies stored beside the smallest encoding.
#[derive(Debug, Default)]
pub(super) struct SpareBytes(AtomicUsize);

impl SpareBytes {
    /// Adds bytes unless they exceed the limit; returns true if they were added.
    pub(super) fn reserve(&self, bytes: usize) -> bool {
        let within_limit = |stored: usize| Some(stored.saturating_add(bytes)).filter(|sum| *sum <= LIMIT);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, within_limit).is_ok()
    }

    /// Counts a response that replaces another one: without bytes on one side, adds or removes them.
    pub(super) fn replace(&self, old: usize, new: usize) {
        let replaced = |stored: usize| Some(stored.saturating_add(new).saturating_sub(old));
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, replaced);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_that_is_rebuilt_again_and_again_fits_each_time() {
        let spare = SpareBytes::default();
        assert!(spare.reserve(LIMIT - 30_000));
        for _ in 0..1000 {
            assert!(spare.reserve(30_000));
            spare.replace(30_000, 28_000);
            assert!(!spare.reserve(30_000), "beyond the limit");
            spare.replace(28_000, 0);
        }
    }
}
