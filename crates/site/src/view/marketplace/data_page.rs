//! Parts that all pages of marketplace data share: addresses, the notice of stale data, the frame.

use app::model::marketplace::Stale;
use app::model::{About, Frame, Link, Place};
use client::Timestamp;

use crate::context::SiteContext;
use crate::marketplace::{Format, PageKey, page_href};
use crate::paths::MARKETPLACE;
use crate::time::format_minute;
use crate::view::frame::frame;

/// The page on claims.
pub(crate) const CLAIMS_PAGE: &str = "/docs/concepts/claims";
/// The page on moderation.
pub(crate) const MODERATION_PAGE: &str = "/docs/operate/api-moderation";
/// The guide to publishing.
pub(crate) const PUBLISH_PAGE: &str = "/docs/guides/publish-an-agent";
/// The page on the marketplace.
pub(crate) const ABOUT_PAGE: &str = "/docs/concepts/marketplace";
/// Content pages that marketplace pages link to, where they exist.
pub(crate) const LINKED_PAGES: [&str; 4] = [CLAIMS_PAGE, MODERATION_PAGE, PUBLISH_PAGE, ABOUT_PAGE];

/// A page of marketplace data: its key, the time of the fetch, its staleness.
#[derive(Clone, Copy, Debug)]
pub struct DataPage<'a> {
    /// Sources of the page.
    pub context: &'a SiteContext,
    /// The cache key.
    pub key: &'a PageKey,
    /// Time of the fetch.
    pub fetched_at: Timestamp,
    /// True for stale data.
    pub is_stale: bool,
}

impl DataPage<'_> {
    /// The notice of stale data.
    pub(super) fn stale_notice(&self) -> Option<Stale> {
        self.is_stale.then(|| Stale { since: format_minute(self.fetched_at) })
    }

    /// The address of the page in a format.
    pub(super) fn href(&self, format: Format) -> String {
        page_href(self.context, self.key, format)
    }

    /// The frame with title, description and canonical address.
    pub(super) fn frame(&self, title: &str, description: &str, about: About) -> Frame {
        let mut frame = frame(self.context, title, description, Some(&self.key.path()), Some(Place::Marketplace));
        let query = self.key.query();
        if !query.is_empty() {
            frame.meta.canonical = frame.meta.canonical.map(|address| address + &query);
            frame.meta.markdown = Some(self.href(Format::Markdown));
        }
        if let Some(structured) = &mut frame.meta.structured {
            structured.about = about;
        }
        frame
    }
}

/// The address of a content page, where it exists.
pub(super) fn existing_page(context: &SiteContext, address: &str) -> Option<String> {
    context.site.page(address).map(|page| context.site.href(page.address()))
}

/// Breadcrumbs of an agent or a publisher.
pub(super) fn breadcrumbs(context: &SiteContext) -> Vec<Link> {
    vec![Link { title: "Marketplace".to_owned(), href: context.site.href(MARKETPLACE) }]
}
