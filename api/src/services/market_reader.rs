//! Service that reads the marketplace.

use std::sync::Arc;

use crate::keys::Keys;
use crate::marketplace::Market;
use crate::origins::Origins;
use crate::registry::Registry;

/// Parts of the state that reads of the marketplace need.
#[derive(Clone, Debug)]
pub struct MarketReader {
    /// Database and clock.
    pub registry: Registry,
    /// Search index.
    pub market: Arc<Market>,
    /// Public origins, for links.
    pub origins: Arc<Origins>,
    /// Keys that sign agent cards.
    pub keys: Arc<Keys>,
}
