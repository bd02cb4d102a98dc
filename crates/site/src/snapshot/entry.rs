//! Entries of a snapshot: an address, its resource, and its prepared response.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use http::HeaderValue;
use tokio::sync::Mutex;

use super::resource::Resource;
use crate::response::PreparedResponse;

/// An address of the site with its response, once prepared.
#[derive(Debug)]
pub struct SiteEntry {
    /// The resource at the address.
    pub resource: Resource,
    /// The address of the page's Markdown, if there is one.
    pub(super) markdown_href: Option<HeaderValue>,
    pub(super) response: ArcSwapOption<PreparedResponse>,
    /// Locked while the response is built, so that it is built once.
    pub(super) building: Mutex<()>,
}

impl SiteEntry {
    /// Creates an entry without a response.
    pub(super) fn new(resource: Resource, markdown_href: Option<HeaderValue>) -> Self {
        Self { resource, markdown_href, response: ArcSwapOption::empty(), building: Mutex::new(()) }
    }

    /// The prepared response, if it was built.
    pub fn prepared(&self) -> Option<Arc<PreparedResponse>> {
        self.response.load_full()
    }

    /// Returns true if a query string selects another response.
    pub fn depends_on_query(&self) -> bool {
        let page = if let Resource::Markdown(page) = &self.resource { page } else { &self.resource };
        matches!(page, Resource::DidWeb | Resource::Search)
    }
}
