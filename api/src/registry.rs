//! The registry: the database and the time, as nearly every handler takes them.

use jiff::Timestamp;
use store::Store;

use crate::clock::Clock;

/// The database and the time.
#[derive(Clone, Debug)]
pub struct Registry {
    /// The database.
    pub store: Store,
    clock: Clock,
}

impl Registry {
    /// A registry on a database, by a clock.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The current time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}
