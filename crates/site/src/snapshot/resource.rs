//! Resources of the site.

use std::sync::Arc;

use bytes::Bytes;
use content::{Media, Section};

use crate::text::llms::Folder;

/// A resource at an address.
#[derive(Clone, Debug)]
pub enum Resource {
    /// The home page.
    Home,
    /// A page of the content, by index.
    Page(usize),
    /// The list of a section without a page of its own.
    Section(Section),
    /// The changelog.
    Changelog,
    /// The changelog's feed.
    Feed,
    /// The did:web tool without input.
    DidWeb,
    /// The search without a query.
    Search,
    /// A page as Markdown.
    Markdown(Box<Resource>),
    /// A list of pages for agents: all, or those of a folder.
    Llms(Option<Folder>),
    /// All pages in one document.
    LlmsFull,
    /// The sitemap.
    Sitemap,
    /// Rules for crawlers.
    Robots,
    /// The contact for vulnerabilities, as in the content folder.
    SecurityTxt(Arc<str>),
    /// A file of the site root.
    Asset(String, Bytes),
    /// A file beside a page.
    Media(Arc<Media>),
}
