//! Registry: the database and the clock, which nearly every handler needs.

use jiff::Timestamp;
use store::Store;

use crate::clock::Clock;

/// Database and clock.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Database.
    pub store: Store,
    clock: Clock,
}

impl Registry {
    /// Creates a registry.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Returns the current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns the current time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}
