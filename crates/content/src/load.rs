//! Files of the content folder: found, bounded, read.

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

/// Longest page that is read.
pub const MAX_PAGE_BYTES: u64 = 1 << 20;
/// Largest image or download that is served from the content folder.
pub const MAX_MEDIA_BYTES: u64 = 8 << 20;

/// Stamp of a file when it was read; a different stamp causes another read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

/// A Markdown file, read and parsed. Unchanged files are shared by one site and the next.
#[derive(Debug)]
pub(crate) struct File {
    /// Relative to the content folder.
    pub(crate) path: PathBuf,
    pub(crate) stamp: Stamp,
    /// The text, for as long as it can be shown.
    pub(crate) source: String,
    /// Everything but the markup.
    pub(crate) document: Document,
}

impl File {
    fn read(root: &Path, path: &Path, stamp: Stamp) -> Self {
        let (source, mut document) = match read_text(&root.join(path), stamp.size) {
            Ok(source) => {
                let document = Document::parse(&source, None);
                (source, document)
            }
            Err(kind) => (String::new(), Document { problems: vec![(0, kind)], ..Document::default() }),
        };
        document.markup = Markup::default();
        Self { path: path.to_owned(), stamp, source, document }
    }

    /// The markup, highlighted. Made anew each time: whoever asks keeps what comes of it.
    pub(crate) fn markup(&self) -> Markup {
        Document::parse(&self.source, Some(Highlighter::shared())).markup
    }
}

/// Files of the content folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Markdown files by path.
    pub(crate) files: Vec<Arc<File>>,
    /// Other files by path.
    pub(crate) others: BTreeMap<PathBuf, Stamp>,
    /// Files that could not even be looked at.
    pub(crate) problems: Vec<Problem>,
}

/// Reads the folder. Files that look as they did in `previous` are not read again; with `keep_last_good`, files that
/// can no longer be shown stay as they were.
pub(crate) fn folder(root: &Path, previous: &[Arc<File>], keep_last_good: bool) -> Folder {
    let known: BTreeMap<&Path, &Arc<File>> = previous.iter().map(|file| (file.path.as_path(), file)).collect();
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
            if let Some(file) = before.filter(|file| file.stamp == stamp) {
                return (Arc::clone(file), None);
            }
            let file = File::read(root, &path, stamp);
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

/// Reads a page's text within its bounds.
fn read_text(path: &Path, size: u64) -> Result<String, ProblemKind> {
    if size > MAX_PAGE_BYTES {
        return Err(ProblemKind::TooLarge { size, limit: MAX_PAGE_BYTES });
    }
    let bytes = fs::read(path).map_err(|error| ProblemKind::Unreadable(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ProblemKind::NotUtf8(error.utf8_error().valid_up_to()))
}
