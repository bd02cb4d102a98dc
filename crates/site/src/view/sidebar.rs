//! The sidebar: the section's tree around a page, of a size that does not grow with the site.

use app::model::NavNode;
use content::{NavEntry, Section};

use crate::generation::Generation;

/// Sections of up to this many pages are shown whole; of larger ones only the branch of the page is open.
const SHOWN_WHOLE: usize = 60;
/// Most pages that are shown beside the page, in its own folder of a large section.
const MOST_SIBLINGS: usize = 40;
/// Most neighbours of each folder above it. They are many levels' and every page pays for them; the overview has all.
const MOST_ABOVE: usize = 6;

/// The sidebar of a page.
pub(super) fn sidebar(generation: &Generation, section: Section, current: Option<usize>) -> Vec<NavNode> {
    let tree = generation.site.tree(section);
    let whole = tree.pages().len() <= SHOWN_WHOLE;
    let shown = |entry| node(generation, entry, current, whole);
    let (leaves, folders): (Vec<_>, Vec<_>) =
        window(&tree.children, current, whole).partition(|entry| entry.children.is_empty());
    let mut first = Vec::new();
    if let Some(index) = tree.page {
        first.push(leaf(generation, index, "Overview", current));
    }
    first.extend(leaves.into_iter().map(shown));
    let title = match section {
        Section::Docs => "Start",
        Section::Quickstarts => "Quickstarts",
        Section::Changelog => "Changelog",
    };
    let start = NavNode { title: title.to_owned(), open: true, children: first, ..NavNode::default() };
    std::iter::once(start).filter(|node| !node.children.is_empty()).chain(folders.into_iter().map(shown)).collect()
}

fn node(generation: &Generation, entry: &NavEntry, current: Option<usize>, whole: bool) -> NavNode {
    let open = current.is_some_and(|current| entry.page == Some(current) || entry.pages().contains(&current));
    let children = if whole || open {
        window(&entry.children, current, whole).map(|child| node(generation, child, current, whole)).collect()
    } else {
        Vec::new()
    };
    let page = entry.page.or_else(|| entry.pages().first().copied().filter(|_| !whole && !open));
    let href = page.map(|index| generation.site.href(generation.site.pages()[index].address()));
    NavNode { title: entry.title.clone(), href, current: entry.page.is_some() && entry.page == current, open, children }
}

fn leaf(generation: &Generation, index: usize, title: &str, current: Option<usize>) -> NavNode {
    let href = generation.site.href(generation.site.pages()[index].address());
    let current = current == Some(index);
    NavNode { title: title.to_owned(), href: Some(href), current, open: current, children: Vec::new() }
}

/// The entries around the open one.
fn window(entries: &[NavEntry], current: Option<usize>, whole: bool) -> impl Iterator<Item = &NavEntry> {
    let at =
        entries.iter().position(|entry| current.is_some_and(|current| entry.pages().contains(&current))).unwrap_or(0);
    // A folder's own page shows what is in the folder; what stands beside the folder is above.
    let is_own = current.is_some() && entries.iter().any(|entry| entry.page == current && entry.children.is_empty());
    let most = match (whole, is_own) {
        (true, _) => usize::MAX,
        (false, true) => MOST_SIBLINGS,
        (false, false) => MOST_ABOVE,
    };
    // At the end of a level, as many before it as else on both sides.
    let first = at.saturating_sub(most / 2).min(entries.len().saturating_sub(most));
    entries.iter().skip(first).take(most)
}
