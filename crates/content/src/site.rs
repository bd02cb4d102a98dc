//! All pages together: their addresses, their order, and what they point to.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use thiserror::Error;

use crate::check;
use crate::document::{Document, Reference, ReferenceKind};
use crate::escape::escape_into;
use crate::history::History;
use crate::link::{self, Target};
use crate::load::{self, File, Folder};
use crate::markup::Piece;
use crate::media::Media;
use crate::navigation::{self, NavEntry, Order};
use crate::passage::{self, Passage};
use crate::problem::{Problem, ProblemKind};
use crate::redirects::{self, Redirect, Written, trimmed};
use crate::search_settings::SearchSettings;
use crate::security_txt;
use crate::twin;

/// How a site is loaded.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The content folder.
    pub root: PathBuf,
    /// What stands before every address, such as `/developers`; empty at the root of a host.
    pub base: String,
    /// Whether drafts are pages.
    pub drafts: bool,
    /// Whether a page that can no longer be shown stays as it was, with the problem reported: for a folder that is
    /// read while it is written.
    pub keep_last_good: bool,
    /// Whether pages without `updated` take the day of their last commit. It costs two calls of git.
    pub history: bool,
    /// Addresses that are not written in Markdown and still answer.
    pub site_paths: Vec<String>,
}

/// Why there is no site at all.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The folder is not there, or is no folder.
    #[error("{0} is not a folder that can be read: {1}")]
    NoFolder(PathBuf, std::io::Error),
    /// The folder holds no page.
    #[error("{0} holds no page: expected Markdown files in docs/, quickstarts/ or changelog/")]
    Empty(PathBuf),
}

/// The three kinds of pages written in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// `docs/`
    Docs,
    /// `quickstarts/`
    Quickstarts,
    /// `changelog/`
    Changelog,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Docs, Self::Quickstarts, Self::Changelog];

    /// The folder, which is the first segment of its addresses too.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Quickstarts => "quickstarts",
            Self::Changelog => "changelog",
        }
    }

    fn of(path: &Path) -> Option<Self> {
        let first = path.iter().next()?;
        Self::ALL.into_iter().find(|section| first == section.folder() && path.iter().count() > 1)
    }
}

/// A page of the site.
#[derive(Clone, Debug)]
pub struct Page {
    file: Arc<File>,
    address: String,
    section: Section,
    updated: Option<Date>,
}

impl Page {
    /// The file, relative to the content folder.
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// The site path, decoded and without base path, such as `/docs/concepts/agents`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The section that it is part of.
    pub fn section(&self) -> Section {
        self.section
    }

    /// What the file says, markup apart.
    pub fn document(&self) -> &Document {
        &self.file.document
    }

    /// The title; of a page that can't be read, its file's name.
    pub fn title(&self) -> &str {
        match self.document().front.title.as_str() {
            "" => self.file.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("page"),
            title => title,
        }
    }

    /// The day of the last change: front matter's, else the repository's.
    pub fn updated(&self) -> Option<Date> {
        self.document().front.updated.or(self.updated)
    }

    /// Whether both are the same reading of the same file.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file) && self.updated == other.updated && self.address == other.address
    }
}

/// A loaded content folder. It never changes: a change in the folder makes another.
#[derive(Debug)]
pub struct Site {
    options: Options,
    pages: Vec<Page>,
    by_address: HashMap<String, usize>,
    by_file: HashMap<PathBuf, usize>,
    hidden_drafts: HashSet<PathBuf>,
    media: HashMap<PathBuf, Arc<Media>>,
    redirects: HashMap<String, Redirect>,
    search: SearchSettings,
    security_txt: Option<Arc<str>>,
    trees: HashMap<Section, NavEntry>,
    files: Vec<Arc<File>>,
    history: Arc<History>,
    problems: Vec<Problem>,
}

impl Site {
    /// Reads the folder. What did not change since `previous` is not read or parsed again.
    pub fn load(options: &Options, previous: Option<&Self>) -> Result<Self, LoadError> {
        let root = &options.root;
        std::fs::read_dir(root).map_err(|error| LoadError::NoFolder(root.clone(), error))?;
        let (folder, history) = rayon::join(
            || load::folder(root, previous.map_or(&[], |site| &site.files), options.keep_last_good),
            || {
                let read = || History::read(root, previous.map(|site| &*site.history));
                if options.history { read() } else { Some(History::default()) }
            },
        );
        let history = match (history, previous) {
            (None, Some(previous)) => Arc::clone(&previous.history),
            (history, _) => Arc::new(history.unwrap_or_default()),
        };
        let mut site = Self {
            options: options.clone(),
            pages: Vec::new(),
            by_address: HashMap::new(),
            by_file: HashMap::new(),
            hidden_drafts: HashSet::new(),
            media: HashMap::new(),
            redirects: HashMap::new(),
            search: SearchSettings::default(),
            security_txt: None,
            trees: HashMap::new(),
            files: folder.files.clone(),
            history,
            problems: folder.problems.clone(),
        };
        site.place_pages();
        if site.pages.is_empty() {
            return Err(LoadError::Empty(root.clone()));
        }
        site.plant_trees();
        site.load_media(&folder, previous);
        let written = site.gather_redirects();
        let mut problems = Vec::new();
        site.search = SearchSettings::read(root, |path| site.answers(path), &mut problems);
        site.security_txt = security_txt::read(root, Timestamp::now(), &mut problems);
        site.problems.append(&mut problems);
        let mut problems = check::check(&site, root, &written);
        site.problems.append(&mut problems);
        site.problems.sort();
        site.problems.dedup();
        Ok(site)
    }

    /// Gives each file its address; of two with one address, the first by name has it.
    fn place_pages(&mut self) {
        for file in self.files.clone() {
            let Some(section) = Section::of(&file.path) else {
                if file.path.iter().count() > 1 {
                    let reason =
                        "only docs/, quickstarts/ and changelog/ hold pages; this file is not served".to_owned();
                    self.problems.push(Problem::new(&file.path, 0, ProblemKind::Navigation(reason)));
                }
                continue;
            };
            let front = &file.document.front;
            if front.draft && !self.options.drafts {
                self.hidden_drafts.insert(file.path.clone());
                continue;
            }
            let (address, wrong) = address_of(&file);
            self.problems.extend(wrong.map(|kind| Problem::new(&file.path, 0, kind)));
            if section == Section::Changelog
                && !file.path.ends_with("index.md")
                && front.date.is_none()
                && !file.document.is_broken()
            {
                self.problems.push(Problem::new(&file.path, 1, ProblemKind::MissingDate));
            }
            if let Some(&taken) = self.by_address.get(&address) {
                let other = self.pages[taken].path().display().to_string();
                self.problems.push(Problem::new(&file.path, 0, ProblemKind::DuplicatePath { address, other }));
                continue;
            }
            let index = self.pages.len();
            self.by_address.insert(address.clone(), index);
            self.by_file.insert(file.path.clone(), index);
            let updated = self.history.day(&file.path);
            self.pages.push(Page { file, address, section, updated });
        }
    }

    fn plant_trees(&mut self) {
        let order = Order::read(&self.options.root, &mut self.problems);
        for section in Section::ALL {
            let members: Vec<usize> =
                (0..self.pages.len()).filter(|index| self.pages[*index].section == section).collect();
            let tree = navigation::tree(section.folder(), &self.pages, &members, &order);
            self.trees.insert(section, tree);
        }
    }

    /// Reads the files that pages point to.
    fn load_media(&mut self, folder: &Folder, previous: Option<&Self>) {
        let mut wanted = BTreeSet::new();
        for page in &self.pages {
            let targets = page.document().references.iter().filter(|reference| link::is_relative(&reference.target));
            wanted.extend(targets.filter_map(|reference| link::relative_file(page.path(), &reference.target)));
        }
        wanted.extend(wanted.iter().map(|path| link::dark_variant(path)).collect::<Vec<_>>());
        let found: Vec<_> = wanted.into_iter().filter_map(|path| folder.others.get_key_value(&path)).collect();
        let read: Vec<_> = found
            .into_par_iter()
            .map(|(path, stamp)| {
                let known = previous.and_then(|site| site.media.get(path)).filter(|media| media.stamp == *stamp);
                let media = known.map_or_else(
                    || Media::read(&self.options.root, path, *stamp).map(Arc::new),
                    |media| Ok(Arc::clone(media)),
                );
                (path.clone(), media)
            })
            .collect();
        for (path, media) in read {
            match media {
                Ok(media) => {
                    self.media.insert(path, media);
                }
                Err(kind) => self.problems.push(Problem::new(path, 0, kind)),
            }
        }
    }

    fn gather_redirects(&mut self) -> Vec<Written> {
        let mut written = redirects::read(&self.options.root, &mut self.problems);
        for page in &self.pages {
            for from in page.document().front.redirect_from.iter().filter(|from| from.starts_with('/')) {
                let redirect = Redirect { from: from.clone(), to: page.address.clone(), status: 301 };
                written.push(Written { redirect, path: page.path().display().to_string(), line: 1 });
            }
        }
        // Where a page stands, no redirect is followed: `check` reports it.
        let is_followed = |entry: &&Written| !self.by_address.contains_key(trimmed(&entry.redirect.from));
        let followed: Vec<Written> = written.iter().filter(is_followed).cloned().collect();
        self.redirects = redirects::settle(&followed, &mut self.problems);
        written
    }

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

    /// Where an old site path leads.
    pub fn redirect(&self, path: &str) -> Option<&Redirect> {
        self.redirects.get(trimmed(path))
    }

    /// What authors tell the search.
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

    /// The page's body as plain Markdown: the author's text, every address absolute below `origin`. Parses the page
    /// again.
    pub fn markdown(&self, page: &Page, origin: &str) -> String {
        if page.document().is_broken() {
            return String::new();
        }
        twin::twin(&Document::body(&page.file.source), |target, is_image| {
            let kind = if is_image { ReferenceKind::Image } else { ReferenceKind::Link };
            let reference = Reference { target: target.to_owned(), line: 0, kind };
            let address = match link::resolve(self, page, &reference).ok()? {
                Target::Address(address) if address.starts_with('#') => self.href(page.address()) + &address,
                Target::Address(address) => address,
                Target::Media(media) => self.href(&media.address),
            };
            Some(if address.starts_with('/') { format!("{origin}{address}") } else { address })
        })
    }

    /// A section's pages in their order.
    pub fn tree(&self, section: Section) -> &NavEntry {
        &self.trees[&section]
    }

    /// What is wrong, by file and line.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether something answers at a site path: a page, a redirect, or the server itself.
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

    /// The page's markup, with its code highlighted. Parses the page again.
    pub fn body(&self, page: &Page) -> String {
        let references = &page.document().references;
        let target = |index: usize| link::resolve(self, page, references.get(index)?).ok();
        page.file.markup().filled(|out, hole| match hole {
            Piece::Href(index) => {
                let address = match target(*index) {
                    Some(Target::Address(address)) => address,
                    Some(Target::Media(media)) => self.href(&media.address),
                    None => return,
                };
                out.push_str(" href=\"");
                escape_into(out, &address);
                out.push('"');
            }
            Piece::Image(index, alt) => match target(*index) {
                Some(Target::Media(media)) => self.image(out, media, alt),
                _ => escape_into(out, alt),
            },
            Piece::Text(_) => {}
        })
    }

    /// A picture; two, of which the style sheet shows the one that fits the theme, where there is one for dark grounds.
    fn image(&self, out: &mut String, media: &Media, alt: &str) {
        let dark = self.media_of_file(&link::dark_variant(&media.path));
        let classes = if dark.is_some() { [" class=\"on-light\"", " class=\"on-dark\""] } else { ["", ""] };
        for (media, class) in std::iter::once(media).chain(dark).zip(classes) {
            out.push_str(&format!("<img{class} src=\""));
            escape_into(out, &self.href(&media.address));
            out.push('"');
            if let Some((width, height)) = media.size {
                out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
            out.push_str(" alt=\"");
            escape_into(out, alt);
            out.push_str("\" loading=\"lazy\" decoding=\"async\">");
        }
    }

    /// Pages whose address or title is near `path`, nearest first.
    pub fn near(&self, path: &str, most: usize) -> Vec<&Page> {
        let wanted = path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or(path).to_lowercase();
        let whole = path.to_lowercase();
        let likeness = |page: &Page| {
            let name = page.address.rsplit('/').next().unwrap_or_default().to_lowercase();
            let by_name = strsim::jaro_winkler(&wanted, &name);
            let by_title = strsim::jaro_winkler(&wanted.replace('-', " "), &page.title().to_lowercase());
            let by_words = shared_words(&wanted, &name);
            let place = strsim::normalized_levenshtein(&whole, &page.address.to_lowercase());
            by_name.max(by_title).max(by_words) + 0.2 * place
        };
        let mut near: Vec<(f64, &Page)> =
            self.pages.iter().map(|page| (likeness(page), page)).filter(|(near, _)| *near > 0.82).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.address.cmp(&b.1.address)));
        near.into_iter().take(most).map(|(_, page)| page).collect()
    }
}

/// The share of words that two hyphenated names have in common, weighed so that one of three is not enough.
fn shared_words(a: &str, b: &str) -> f64 {
    let words = |name: &str| name.split('-').filter(|word| word.len() > 2).map(str::to_owned).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    let all = a.len().max(b.len());
    #[expect(clippy::cast_precision_loss, reason = "a name has a handful of words")]
    if all == 0 { 0.0 } else { 0.6 + 0.4 * shared as f64 / all as f64 - if shared == 0 { 0.6 } else { 0.0 } }
}

/// The address of a file: its path without `.md` or `/index.md`, its last segment replaced by a slug.
fn address_of(file: &File) -> (String, Option<ProblemKind>) {
    let mut segments: Vec<String> =
        file.path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let is_plain = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    let wrong =
        segments.iter().find(|segment| !is_plain(segment)).map(|segment| ProblemKind::BadFileName(segment.clone()));
    if segments.len() > 1 && segments.last().is_some_and(|last| last == "index") {
        segments.pop();
    }
    if let (Some(slug), Some(last)) = (file.document.front.usable_slug(), segments.last_mut()) {
        slug.clone_into(last);
    }
    (format!("/{}", segments.join("/")), wrong)
}
