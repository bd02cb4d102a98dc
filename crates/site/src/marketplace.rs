//! The marketplace as values: requests, cache keys, data of the API, and responses made of it.
//!
//! `page_request` reads an address, `query` a list's filters; `data` holds the API's data; `verify` checks an agent's
//! documents; `json` and `response` turn data into responses. The cache and the calls to the API are the server's.

mod data;
mod json;
mod links;
mod page_request;
mod query;
mod response;
mod verify;

pub use data::{AgentData, CheckData, ListData, MarketplaceData, PublisherData};
pub use links::{markdown_location, page_href};
pub use page_request::{Format, PageKey, PageRequest};
pub use query::{MarketplaceQuery, PAGE_SIZE, QueryNote, SortBy};
pub use response::{Shown, response_parts};
pub use verify::verify_documents;
