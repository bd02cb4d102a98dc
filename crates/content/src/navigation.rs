//! Order of pages: sidebar, breadcrumbs, previous and next.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::page::Page;
use crate::problem::{Problem, ProblemKind};
use crate::toml_file::TomlFile;

/// Name of the file with the titles and the order of folders.
pub(crate) const FILE: &str = "navigation.toml";

/// Entry in a section's tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavEntry {
    /// Title.
    pub title: String,
    /// Index of the page; none for a folder without `index.md`.
    pub page: Option<usize>,
    /// Child entries, in order.
    pub children: Vec<NavEntry>,
}

impl NavEntry {
    /// Lists all pages, in reading order.
    pub fn pages(&self) -> Vec<usize> {
        let mut pages = Vec::new();
        let mut entries = vec![self];
        while let Some(entry) = entries.pop() {
            pages.extend(entry.page);
            entries.extend(entry.children.iter().rev());
        }
        pages
    }
}

/// Titles and order of folders.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    #[serde(default)]
    section: Vec<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    path: String,
    title: String,
}

impl Order {
    pub(crate) fn read(root: &Path, problems: &mut Vec<Problem>) -> Self {
        let Some(mut file) = TomlFile::read(root, FILE, ProblemKind::Navigation, problems) else {
            return Self::default();
        };
        let order: Self = file.parse();
        for section in order.section.iter().filter(|section| !root.join(&section.path).is_dir()) {
            file.report(file.offset_of(&section.path), format!("there is no folder {}", section.path));
        }
        order
    }

    fn place(&self, folder: &str) -> Option<(usize, &str)> {
        let index = self.section.iter().position(|section| section.path.trim_end_matches('/') == folder)?;
        Some((index, &self.section[index].title))
    }
}

/// Folder before its conversion to an entry.
#[derive(Default)]
struct Folder {
    index: Option<usize>,
    pages: Vec<usize>,
    folders: BTreeMap<String, Folder>,
}

/// Builds the tree of the section in the folder `root`, from the pages with these indexes.
pub(crate) fn tree(root: &str, pages: &[Page], members: &[usize], order: &Order) -> NavEntry {
    let mut top = Folder::default();
    for &member in members {
        let path = pages[member].path();
        let mut folder = &mut top;
        let parents = path.parent().map(|parent| parent.iter().skip(1)).into_iter().flatten();
        for name in parents {
            folder = folder.folders.entry(name.to_string_lossy().into_owned()).or_default();
        }
        if path.file_stem().is_some_and(|stem| stem == "index") {
            folder.index = Some(member);
        } else {
            folder.pages.push(member);
        }
    }
    entry(top, root, pages, order)
}

/// Recursion is as deep as the folders.
fn entry(folder: Folder, path: &str, pages: &[Page], order: &Order) -> NavEntry {
    type Key = (usize, usize, i64, String);
    let key_of_page = |index: usize| pages[index].document().front.order.unwrap_or(1000);
    let mut children: Vec<(Key, NavEntry)> = Vec::new();
    for index in folder.pages {
        let title = pages[index].title().to_owned();
        let entry = NavEntry { title: title.clone(), page: Some(index), children: Vec::new() };
        children.push(((0, 0, key_of_page(index), title.to_lowercase()), entry));
    }
    for (name, below) in folder.folders {
        let path = format!("{path}/{name}");
        let place = order.place(&path).map_or(usize::MAX, |(place, _)| place);
        let weight = below.index.map_or(1000, key_of_page);
        let entry = entry(below, &path, pages, order);
        children.push(((1, place, weight, entry.title.to_lowercase()), entry));
    }
    children.sort_by(|a, b| a.0.cmp(&b.0));
    let title = match (order.place(path), folder.index) {
        (Some((_, title)), _) => title.to_owned(),
        (None, Some(index)) => pages[index].title().to_owned(),
        (None, None) => humanized(path),
    };
    NavEntry { title, page: folder.index, children: children.into_iter().map(|(_, entry)| entry).collect() }
}

/// Returns `Getting started` for `docs/getting-started`.
fn humanized(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
