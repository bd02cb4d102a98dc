//! All pages together: their addresses, their order, and what they point to.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::document::Document;
use crate::history::History;
use crate::link;
use crate::load::File;
use crate::media::Media;
use crate::navigation::NavEntry;
use crate::page::{Page, Section};
use crate::passage::{self, Passage};
use crate::problem::Problem;
use crate::redirects::{Redirect, trimmed};
use crate::search_settings::SearchSettings;

/// Options of the load.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The content folder.
    pub root: PathBuf,
    /// Prefix of every address, such as `/developers`; empty at the root of a host.
    pub base: String,
    /// Includes drafts.
    pub drafts: bool,
    /// Keeps the last valid version of a page that became invalid, and reports the problem: for a folder that is
    /// read while it is written.
    pub keep_last_good: bool,
    /// Takes the date of the last commit for pages without `updated`. Costs two calls of git.
    pub history: bool,
    /// Addresses served by routes instead of Markdown files.
    pub site_paths: Vec<String>,
}

/// An error that prevents the load.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The folder is not there, or is no folder.
    #[error("{0} is not a folder that can be read: {1}")]
    NoFolder(PathBuf, std::io::Error),
    /// The folder holds no page.
    #[error("{0} holds no page: expected Markdown files in docs/, quickstarts/ or changelog/")]
    Empty(PathBuf),
}

/// A loaded content folder. It never changes: a change in the folder makes another.
#[derive(Debug)]
pub struct Site {
    pub(crate) options: Options,
    pub(crate) pages: Vec<Page>,
    pub(crate) by_address: HashMap<String, usize>,
    pub(crate) by_file: HashMap<PathBuf, usize>,
    pub(crate) hidden_drafts: HashSet<PathBuf>,
    pub(crate) media: HashMap<PathBuf, Arc<Media>>,
    pub(crate) redirects: HashMap<String, Redirect>,
    pub(crate) search: SearchSettings,
    pub(crate) security_txt: Option<Arc<str>>,
    pub(crate) trees: HashMap<Section, NavEntry>,
    pub(crate) files: Vec<Arc<File>>,
    pub(crate) history: Arc<History>,
    pub(crate) problems: Vec<Problem>,
}

impl Site {
    /// All pages, in the order of their files' names.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The page at a site path.
    pub fn page(&self, address: &str) -> Option<&Page> {
        self.by_address.get(address).map(|index| &self.pages[*index])
    }

    /// The page's index in [`Self::pages`].
    pub fn index_of(&self, address: &str) -> Option<usize> {
        self.by_address.get(address).copied()
    }

    /// The page that a file is.
    pub(crate) fn page_of_file(&self, path: &Path) -> Option<&Page> {
        self.by_file.get(path).map(|index| &self.pages[*index])
    }

    pub(crate) fn is_hidden_draft(&self, path: &Path) -> bool {
        self.hidden_drafts.contains(path)
    }

    pub(crate) fn media_of_file(&self, path: &Path) -> Option<&Media> {
        self.media.get(path).map(AsRef::as_ref)
    }

    /// All files that pages point to.
    pub fn media(&self) -> impl Iterator<Item = &Arc<Media>> {
        self.media.values()
    }

    /// The redirect of an old site path.
    pub fn redirect(&self, path: &str) -> Option<&Redirect> {
        self.redirects.get(trimmed(path))
    }

    /// Settings of the search.
    pub fn search_settings(&self) -> &SearchSettings {
        &self.search
    }

    /// Whom to tell of a vulnerability (RFC 9116), as the folder says.
    pub fn security_txt(&self) -> Option<&Arc<str>> {
        self.security_txt.as_ref()
    }

    /// The page's text as passages to be searched. Parses the page again.
    pub fn passages(&self, page: &Page) -> Vec<Passage> {
        let document = page.document();
        if document.is_broken() {
            return Vec::new();
        }
        passage::passages(&Document::body(&page.file.source), &document.headings)
    }

    /// A section's pages in their order.
    pub fn tree(&self, section: Section) -> &NavEntry {
        &self.trees[&section]
    }

    /// Problems, sorted by file and line.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns true for the path of a page, a redirect, or a route of the server.
    pub(crate) fn answers(&self, path: &str) -> bool {
        let path = trimmed(path);
        self.by_address.contains_key(path)
            || self.redirects.contains_key(path)
            || self.options.site_paths.iter().any(|known| known == path)
            || self.security_txt.is_some() && path == "/.well-known/security.txt"
    }

    /// Every address that readers may keep.
    pub(crate) fn published(&self) -> impl Iterator<Item = &str> {
        let pages = self.pages.iter().filter(|page| !page.document().front.draft).map(Page::address);
        pages.chain(self.options.site_paths.iter().map(String::as_str))
    }

    /// A site path as it stands in an `href`: base path in front, encoded.
    pub fn href(&self, path: &str) -> String {
        format!("{}{}", self.options.base, link::encode(path))
    }
}
