//! Search of the marketplace: an in-memory index of all published agents.
//!
//! The database is the source of truth. `feed` builds the index at startup and then follows the outbox, so the index is
//! disposable. `words` tokenizes, `index` stores agents, `matching` scores the matches of a text, `search` filters,
//! counts, sorts and paginates, `cursor` encodes the end of a page. `verified_publishers` finds publishers with
//! confusable names.

mod bits;
mod columns;
mod counts;
mod cursor;
mod error;
mod feed;
mod fields;
mod index;
mod labels;
mod market;
mod matching;
mod query;
mod search;
mod verified_publishers;
mod words;

pub use cursor::Cursor;
pub use error::IndexError;
pub use feed::{build, follow};
pub use index::{Index, IndexEntry};
pub(crate) use labels::CHECKS;
pub use market::Market;
pub use query::{Facet, MarketplaceQuery, PageStart, SearchResult, Sort, Value};
pub use verified_publishers::{LookAlike, look_alikes};
