//! The marketplace's search: an index in memory over all published agents.
//!
//! The database is the truth; the index is made from it at the start (`feed`) and follows the outbox from then on, so it
//! can be thrown away. `words` says what a word is, `index` what is kept of an agent, `matching` which agents a text
//! finds and how well, `search` narrows, counts, sorts and pages, `cursor` is where a page ended. `proved` says whose names
//! an agent's is like.

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
mod proved;
mod query;
mod search;
mod words;

pub use cursor::Cursor;
pub use error::IndexError;
pub use feed::{build, follow};
pub use index::{Index, Listing};
pub(crate) use labels::CHECKS;
pub use market::Market;
pub use proved::{LookAlike, look_alikes};
pub use query::{Facet, Found, Place, Question, Sort, Value};
