//! Pages written in Markdown, and their sections.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::document::Document;
use crate::load::File;

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
    /// All sections.
    pub const ALL: [Self; 3] = [Self::Docs, Self::Quickstarts, Self::Changelog];

    /// Folder name, also the first segment of its URLs.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Quickstarts => "quickstarts",
            Self::Changelog => "changelog",
        }
    }

    /// Finds the section of a file by its folder.
    pub(crate) fn of_file(path: &Path) -> Option<Self> {
        let first = path.iter().next()?;
        Self::ALL.into_iter().find(|section| first == section.folder() && path.iter().count() > 1)
    }
}

/// A page of the site.
#[derive(Clone, Debug)]
pub struct Page {
    pub(crate) file: Arc<File>,
    pub(crate) address: String,
    pub(crate) section: Section,
    pub(crate) updated: Option<Date>,
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

    /// The section.
    pub fn section(&self) -> Section {
        self.section
    }

    /// The parsed file.
    pub fn document(&self) -> &Document {
        &self.file.document
    }

    /// The title, or the file's name if the file is invalid.
    pub fn title(&self) -> &str {
        match self.document().front.title.as_str() {
            "" => self.file.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("page"),
            title => title,
        }
    }

    /// Date of the last update: from front matter, or else from the repository.
    pub fn updated(&self) -> Option<Date> {
        self.document().front.updated.or(self.updated)
    }

    /// Returns true if both are the same parse of the same file.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file) && self.updated == other.updated && self.address == other.address
    }
}
