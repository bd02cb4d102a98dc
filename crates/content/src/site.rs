//! All pages with their URLs, order and references.

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
use crate::redirects::{Redirect, trim_slash};
use crate::search_settings::SearchSettings;
use crate::vocabulary::Vocabulary;

/// Options of the load.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The content folder.
    pub root: PathBuf,
    /// Prefix of every address, such as `/developers`; empty at the root of a host.
    pub base: String,
    /// Includes drafts.
    pub drafts: bool,
    /// Keeps the last valid version of a page that became invalid, and reports the problem: for a folder that is edited
    /// while it is read.
    pub keep_last_good: bool,
    /// Uses the date of the last commit for pages without `updated`. Costs two calls of git.
    pub history: bool,
    /// Paths served by routes instead of Markdown files.
    pub site_paths: Vec<String>,
}

/// An error that prevents the load.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The folder is missing, or not a folder.
    #[error("{0} is not a folder that can be read: {1}")]
    NoFolder(PathBuf, std::io::Error),
    /// The folder contains no page.
    #[error("{0} holds no page: expected Markdown files in docs/, quickstarts/ or changelog/")]
    Empty(PathBuf),
}

/// Loaded content folder. Immutable: a change in the folder creates another one.
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
    pub(crate) vocabulary: Vocabulary,
    pub(crate) security_txt: Option<Arc<str>>,
    pub(crate) trees: HashMap<Section, NavEntry>,
    pub(crate) files: Vec<Arc<File>>,
    pub(crate) history: Arc<History>,
    pub(crate) problems: Vec<Problem>,
}

impl Site {
    /// All pages, ordered by file name.
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

    /// The page of a file.
    pub(crate) fn page_of_file(&self, path: &Path) -> Option<&Page> {
        self.by_file.get(path).map(|index| &self.pages[*index])
    }

    pub(crate) fn is_hidden_draft(&self, path: &Path) -> bool {
        self.hidden_drafts.contains(path)
    }

    pub(crate) fn media_of_file(&self, path: &Path) -> Option<&Media> {
        self.media.get(path).map(AsRef::as_ref)
    }

    /// All files referenced by pages.
    pub fn media(&self) -> impl Iterator<Item = &Arc<Media>> {
        self.media.values()
    }

    /// The redirect of an old site path.
    pub fn redirect(&self, path: &str) -> Option<&Redirect> {
        self.redirects.get(trim_slash(path))
    }

    /// Settings of the search.
    pub fn search_settings(&self) -> &SearchSettings {
        &self.search
    }

    /// Contact for vulnerability reports (RFC 9116), from the content folder.
    pub fn security_txt(&self) -> Option<&Arc<str>> {
        self.security_txt.as_ref()
    }

    /// Splits the page's text into passages, for the search. Parses the page again.
    pub fn passages(&self, page: &Page) -> Vec<Passage> {
        let document = page.document();
        if document.is_broken() {
            return Vec::new();
        }
        passage::passages(&Document::body(&page.file.source), &document.headings)
    }

    /// A section's pages, in order.
    pub fn tree(&self, section: Section) -> &NavEntry {
        &self.trees[&section]
    }

    /// Problems, sorted by file and line.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns true for the path of a page, a redirect, or a route of the server.
    pub(crate) fn has_path(&self, path: &str) -> bool {
        let path = trim_slash(path);
        self.by_address.contains_key(path)
            || self.redirects.contains_key(path)
            || self.options.site_paths.iter().any(|known| known == path)
            || self.security_txt.is_some() && path == "/.well-known/security.txt"
    }

    /// All published URLs.
    pub(crate) fn published(&self) -> impl Iterator<Item = &str> {
        let pages = self.pages.iter().filter(|page| !page.document().front.draft).map(Page::address);
        pages.chain(self.options.site_paths.iter().map(String::as_str))
    }

    /// Returns the `href` of a site path: encoded, with base path.
    pub fn href(&self, path: &str) -> String {
        format!("{}{}", self.options.base, link::encode(path))
    }
}
