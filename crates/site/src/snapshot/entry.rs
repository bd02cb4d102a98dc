//! An address of the site, and what stands there.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use bytes::Bytes;
use content::{Media, Section};
use http::HeaderValue;
use tokio::sync::Mutex;

use crate::edge::finished::Finished;
use crate::routes::llms::Folder;

/// What stands at an address.
#[derive(Clone, Debug)]
pub enum What {
    /// The home page.
    Home,
    /// A page of the site, by its index.
    Page(usize),
    /// The list of a section that has no page of its own.
    Section(Section),
    /// The changelog.
    Changelog,
    /// Its feed.
    Feed,
    /// The did:web tool, before anything was asked.
    DidWeb,
    /// The search, before anything was asked.
    Search,
    /// The Markdown form of a page.
    Markdown(Box<What>),
    /// A list of pages for agents: all, or those of a folder.
    Llms(Option<Folder>),
    /// All pages in one.
    LlmsFull,
    /// All pages for search engines.
    Sitemap,
    /// What crawlers may read.
    Robots,
    /// Whom to tell of a vulnerability, as the content folder says.
    SecurityTxt(Arc<str>),
    /// A file of the site root.
    Asset(String, Bytes),
    /// A file beside a page.
    Media(Arc<Media>),
}

/// An address, and its answer once it was made.
#[derive(Debug)]
pub struct Slot {
    /// What stands there.
    pub what: What,
    /// The address of the same page as Markdown, where it has such a form.
    pub(super) twin: Option<HeaderValue>,
    pub(super) finished: ArcSwapOption<Finished>,
    /// Held while the answer is made, so that it is made once.
    pub(super) making: Mutex<()>,
}

impl Slot {
    /// One without an answer yet.
    pub(super) fn new(what: What, twin: Option<HeaderValue>) -> Self {
        Self { what, twin, finished: ArcSwapOption::empty(), making: Mutex::new(()) }
    }

    /// The answer, if it was made.
    pub fn ready(&self) -> Option<Arc<Finished>> {
        self.finished.load_full()
    }

    /// Whether a query makes another answer.
    pub fn takes_query(&self) -> bool {
        let page = if let What::Markdown(page) = &self.what { page } else { &self.what };
        matches!(page, What::DidWeb | What::Search)
    }
}
