//! Content as view models: what each page says, ready to be drawn.

pub mod account;
mod article;
mod changelog;
mod error;
mod frame;
mod home;
pub mod marketplace;
pub mod onboarding;
mod samples;
mod search;
mod sidebar;
mod status;
mod thanks;
mod tool;

use app::model::{Html, Link, Listing, Page, View};
use content::Section;
use http::StatusCode;

use crate::config::Config;
use crate::edge::security::Sandbox;
use crate::generation::Generation;

pub use changelog::{changelog, releases};
pub use error::{not_found, problem};
pub use frame::canonical;
pub use home::home;
pub use search::{extras, search};
pub use status::health;
pub use thanks::thanks;
pub use tool::did_web;

/// Which of a page's two faces is wanted: the other one's text is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// For the browser.
    Html,
    /// For those who read text.
    Markdown,
}

/// The page with this index, as its section draws it.
pub fn page(generation: &Generation, index: usize, face: Face) -> View {
    match generation.site.pages()[index].section() {
        Section::Changelog => changelog::release(generation, index, face),
        Section::Docs | Section::Quickstarts => article::article(generation, index, face),
    }
}

/// A hash of what surrounds every page: it changes with assets and with the pages that the footer names.
pub fn frame_hash(generation: &Generation) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let frame = frame::frame(generation, "", "", None, None);
    let mut hasher = DefaultHasher::new();
    format!("{frame:?}").hash(&mut hasher);
    for address in marketplace::EXPLAINED {
        generation.site.page(address).is_some().hash(&mut hasher);
    }
    hasher.finish()
}

/// A page's text, as markup or as Markdown.
fn texts(generation: &Generation, page: &content::Page, face: Face) -> (Html, String) {
    match face {
        Face::Html => (article::html(generation.site.body(page)), String::new()),
        Face::Markdown => (Html::default(), generation.site.markdown(page, &generation.config.origin())),
    }
}

/// The list of a section that has no page of its own.
pub fn section(generation: &Generation, section: Section) -> View {
    article::listing(generation, section)
}

/// The status that a page is answered with: a page whose file can't be shown is a fault of ours.
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

/// What the browser lets a page do: WASM on pages with an island only, asking the API on those that check.
pub fn sandbox(view: &View, config: &Config) -> Sandbox {
    match &view.page {
        page if page.has_island() => Sandbox::Island,
        Page::Check(_) => Sandbox::Asking(config.public_api()),
        _ => Sandbox::Page,
    }
}

/// A section's pages in the order in which a reader meets them.
pub fn order(generation: &Generation, section: Section) -> Vec<usize> {
    match section {
        Section::Changelog => releases(generation),
        Section::Docs | Section::Quickstarts => generation.site.tree(section).pages(),
    }
}

/// A page as a link with its description.
fn listed(generation: &Generation, index: usize) -> Listing {
    let page = &generation.site.pages()[index];
    Listing {
        link: link(generation, index),
        description: page.document().front.description.clone().unwrap_or_default(),
    }
}

fn link(generation: &Generation, index: usize) -> Link {
    let page = &generation.site.pages()[index];
    Link { title: page.title().to_owned(), href: generation.site.href(page.address()) }
}
