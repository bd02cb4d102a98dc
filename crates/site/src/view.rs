//! View models of all pages, from content, data of the API, and form state.

pub mod account;
mod article;
mod body;
mod changelog;
mod did_web;
mod error;
mod frame;
mod home;
mod links;
pub mod marketplace;
pub mod onboarding;
mod samples;
mod search;
mod sidebar;
pub mod status;
mod thanks;

use app::model::{Page, View};
use content::Section;
use http::StatusCode;

use crate::context::SiteContext;
use crate::response::Sandbox;
use crate::settings::SiteSettings;

pub use body::BodyFormat;
pub use changelog::{changelog, sorted_releases};
pub use did_web::did_web;
pub use error::{error_page, not_found};
pub use home::home;
pub use search::{search, search_results, searchable_pages};
pub use thanks::thanks;

/// Builds the page with an index.
pub fn content_page(context: &SiteContext, index: usize, format: BodyFormat) -> View {
    match context.site.pages()[index].section() {
        Section::Changelog => changelog::release(context, index, format),
        Section::Docs | Section::Quickstarts => article::article(context, index, format),
    }
}

/// Builds the list of a section without a page of its own.
pub fn section(context: &SiteContext, section: Section) -> View {
    article::section_listing(context, section)
}

/// Hashes the frame of every page: it changes with assets and with the pages in the footer.
pub(crate) fn frame_hash(context: &SiteContext) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let frame = frame::frame(context, "", "", None, None);
    let mut hasher = DefaultHasher::new();
    format!("{frame:?}").hash(&mut hasher);
    for address in marketplace::LINKED_PAGES {
        context.site.page(address).is_some().hash(&mut hasher);
    }
    hasher.finish()
}

/// The status of a page. A page with an invalid source file is a server error.
pub fn status(view: &View) -> StatusCode {
    let is_broken = match &view.page {
        Page::Article(article) => !article.problems.is_empty(),
        Page::Release(release) => !release.problems.is_empty(),
        Page::NotFound(_) | Page::Off(_) => return StatusCode::NOT_FOUND,
        Page::Gone(_) => return StatusCode::GONE,
        Page::Error(error) => return StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        _ => false,
    };
    if is_broken { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }
}

/// The permissions of a page: WASM on pages with an island, requests to the API on pages with a check.
pub fn sandbox(view: &View, settings: &SiteSettings) -> Sandbox {
    match &view.page {
        page if page.has_island() => Sandbox::Island,
        Page::Check(_) => Sandbox::Connecting(settings.api_origin.clone()),
        _ => Sandbox::Page,
    }
}

/// Sorts a section's pages in reading order.
pub(crate) fn section_order(context: &SiteContext, section: Section) -> Vec<usize> {
    match section {
        Section::Changelog => sorted_releases(context),
        Section::Docs | Section::Quickstarts => context.site.tree(section).pages(),
    }
}
