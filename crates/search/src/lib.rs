//! Full-text search over titles, headings, text and code of all pages, by passage.
//!
//! A [`SearchIndex`] exists for the lifetime of the process and indexes changed pages; a [`SearchSnapshot`] belongs to
//! one state of the site and runs queries. The module `tokenizer` defines words for the index, for queries and for
//! excerpts.
#![forbid(unsafe_code)]

mod coverage;
mod error;
mod excerpt;
mod index;
mod index_query;
mod query;
mod ranking;
mod rarity;
mod results;
mod search_index;
mod snapshot;
mod synonyms;
mod term_dictionary;
mod terms;
mod tokenizer;

pub use error::SearchError;
pub use index::ExtraPage;
pub use query::MAX_QUERY_BYTES;
pub use results::{MarkedText, PageHit, PassageHit, ResultGroup, Run, SearchResults};
pub use search_index::SearchIndex;
pub use snapshot::SearchSnapshot;
