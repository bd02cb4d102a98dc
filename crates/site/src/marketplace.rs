//! The marketplace as values: requests, cache keys, data of the API, and responses built from it.
//!
//! `page_request` parses a URL, `query` a list's filters; `data` contains the API's data; `verify` checks an agent's
//! documents; `json` and `response` convert data to responses. The server implements the cache and calls the API.

mod data;
mod json;
mod links;
mod page_request;
mod query;
mod response;
mod verify;

pub use app::model::marketplace::DELETED_PUBLISHER;
pub use data::{AgentData, CheckData, ListData, MarketplaceData, PublisherData};
pub use links::{markdown_location, page_href};
pub use page_request::{Format, PageKey, PageRequest};
pub use query::{MarketplaceQuery, PAGE_SIZE, QueryNote, SortBy};
pub use response::{Shown, response_parts};
pub use verify::verify_documents;
