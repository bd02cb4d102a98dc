//! The marketplace: fetched from the API over HTTP, cached, and invalidated by the API's changes feed.
//!
//! `upstream` calls the API, `cache` stores its data by page, `cached_response` is one entry with its rendered
//! variants, `follow` polls for changes, and `directory` lists all agents for sitemaps.

mod cache;
mod cached_response;
mod credential;
mod directory;
mod follow;
mod upstream;

pub use cache::MarketplaceCache;
pub use cached_response::CachedResponse;
pub use directory::AgentDirectory;
pub use follow::follow_marketplace;
pub use upstream::{Upstream, UpstreamError};
