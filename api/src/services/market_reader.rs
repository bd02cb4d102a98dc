//! The parts that the marketplace's reads take.

use std::sync::Arc;

use crate::keys::Keys;
use crate::marketplace::Market;
use crate::origins::Origins;
use crate::registry::Registry;

/// Everything that the marketplace's reads take.
#[derive(Clone, Debug)]
pub struct MarketReader {
    /// The database and the time.
    pub registry: Registry,
    /// The search index.
    pub market: Arc<Market>,
    /// Public origins, for links.
    pub origins: Arc<Origins>,
    /// The keys that sign agent cards.
    pub keys: Arc<Keys>,
}
