//! Links to content pages.

use app::model::{Link, Listing};

use crate::context::SiteContext;

/// Links to the page with an index.
pub(super) fn page_link(context: &SiteContext, index: usize) -> Link {
    let page = &context.site.pages()[index];
    Link { title: page.title().to_owned(), href: context.site.href(page.address()) }
}

/// Links to the page with an index, with its description.
pub(super) fn page_listing(context: &SiteContext, index: usize) -> Listing {
    let page = &context.site.pages()[index];
    Listing {
        link: page_link(context, index),
        description: page.document().front.description.clone().unwrap_or_default(),
    }
}

/// Links to the pages at some addresses, where they exist.
pub(super) fn existing_links(context: &SiteContext, addresses: &[&str]) -> Vec<Link> {
    let indexes = addresses.iter().filter_map(|address| context.site.index_of(address));
    indexes.map(|index| page_link(context, index)).collect()
}
