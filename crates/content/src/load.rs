//! Files of the content folder: found, limited in size, and read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::document::Document;
use crate::highlight::Highlighter;
use crate::markup::Markup;
use crate::problem::{Problem, ProblemKind};
use crate::prose;
use crate::vocabulary::Vocabulary;

/// Maximum size of a page, in bytes.
pub const MAX_PAGE_BYTES: u64 = 1 << 20;
/// Maximum size of an image or download served from the content folder, in bytes.
pub const MAX_MEDIA_BYTES: u64 = 8 << 20;

/// Stamp of a file at the time of reading; a different stamp causes another read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

/// Parsed Markdown file. Unchanged files are shared by consecutive sites.
#[derive(Debug)]
pub(crate) struct File {
    /// Path, relative to the content folder.
    pub(crate) path: PathBuf,
    pub(crate) stamp: Stamp,
    /// Text; empty if the file can't be read.
    pub(crate) source: String,
    /// Parsed document without its markup.
    pub(crate) document: Document,
}

impl File {
    fn read(root: &Path, path: &Path, stamp: Stamp, vocabulary: &Vocabulary) -> Self {
        let (source, mut document) = match read_text(&root.join(path), stamp.size) {
            Ok(source) => {
                let mut document = Document::parse(&source, None);
                if !document.is_broken() {
                    document.problems.extend(prose::avoided_words(path, &source, vocabulary));
                }
                (source, document)
            }
            Err(kind) => (String::new(), Document { problems: vec![(0, kind)], ..Document::default() }),
        };
        document.markup = Markup::default();
        Self { path: path.to_owned(), stamp, source, document }
    }

    /// Renders the markup, highlighted. Not cached: callers store the result.
    pub(crate) fn markup(&self) -> Markup {
        Document::parse(&self.source, Some(&Highlighter::shared())).markup
    }
}

/// Files of the content folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Markdown files by path.
    pub(crate) files: Vec<Arc<File>>,
    /// Other files by path.
    pub(crate) others: BTreeMap<PathBuf, Stamp>,
    /// Problems of files that can't be accessed.
    pub(crate) problems: Vec<Problem>,
}

/// Files of the previous load.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Previous<'a> {
    pub(crate) files: &'a [Arc<File>],
    /// True if they were checked against the same vocabulary.
    pub(crate) is_checked: bool,
}

/// Reads the folder. A previous file with the same stamp is not read again, unless the vocabulary changed; with
/// `keep_last_good`, a file that can no longer be rendered stays as it was.
pub(crate) fn folder(root: &Path, previous: Previous<'_>, keep_last_good: bool, vocabulary: &Vocabulary) -> Folder {
    let known: BTreeMap<&Path, &Arc<File>> = previous.files.iter().map(|file| (file.path.as_path(), file)).collect();
    let mut folder = Folder::default();
    let mut pages = Vec::new();
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let stays_inside = |entry: &DirEntry| {
        !entry.path_is_symlink() || entry.path().canonicalize().is_ok_and(|target| target.starts_with(&real_root))
    };
    let mut outside = Vec::new();
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(|entry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && !stays_inside(entry) {
            outside.push(relative(root, entry.path()));
            return false;
        }
        !hidden
    });
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let path = relative(root, entry.path());
                let metadata = entry.metadata().ok();
                let stamp = Stamp {
                    modified: metadata.as_ref().and_then(|data| data.modified().ok()),
                    size: metadata.map_or(0, |data| data.len()),
                };
                if path.extension().is_some_and(|extension| extension == "md") {
                    pages.push((path, stamp));
                } else {
                    folder.others.insert(path, stamp);
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().map_or_else(PathBuf::new, |path| relative(root, path));
                let is_dangling = error.path().is_some_and(Path::is_symlink);
                let kind =
                    if is_dangling { ProblemKind::SymlinkOutside } else { ProblemKind::Unreadable(reason(&error)) };
                folder.problems.push(Problem::new(path, 0, kind));
            }
        }
    }
    folder.problems.extend(outside.into_iter().map(|path| Problem::new(path, 0, ProblemKind::SymlinkOutside)));
    let read: Vec<(Arc<File>, Option<Problem>)> = pages
        .into_par_iter()
        .map(|(path, stamp)| {
            let before = known.get(path.as_path());
            if let Some(file) = before.filter(|file| previous.is_checked && file.stamp == stamp) {
                return (Arc::clone(file), None);
            }
            let file = File::read(root, &path, stamp, vocabulary);
            let wrong = file.document.problems.iter().find(|(_, kind)| kind.is_fatal()).cloned();
            match (wrong, before.filter(|before| keep_last_good && !before.document.is_broken())) {
                (Some((line, kind)), Some(before)) => (Arc::clone(before), Some(Problem::new(path, line, kind))),
                _ => (Arc::new(file), None),
            }
        })
        .collect();
    for (file, problem) in read {
        folder.files.push(file);
        folder.problems.extend(problem);
    }
    folder
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

fn reason(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Reads a page's text within the size limit.
fn read_text(path: &Path, size: u64) -> Result<String, ProblemKind> {
    if size > MAX_PAGE_BYTES {
        return Err(ProblemKind::TooLarge { size, limit: MAX_PAGE_BYTES });
    }
    let bytes = fs::read(path).map_err(|error| ProblemKind::Unreadable(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ProblemKind::NotUtf8(error.utf8_error().valid_up_to()))
}
