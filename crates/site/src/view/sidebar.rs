//! The sidebar: the section's tree around a page, limited in size.

use app::model::NavNode;
use content::{NavEntry, Section};

use crate::context::SiteContext;

/// Largest section shown whole, in pages; in larger ones only the branch of the page is open.
const MAX_WHOLE: usize = 60;
/// Maximum siblings of the page in a large section.
const MAX_SIBLINGS: usize = 40;
/// Maximum neighbors of each ancestor folder: every page contains them for every level; the overview lists all.
const MAX_ABOVE: usize = 6;

/// Builds the sidebar of a page.
pub(super) fn sidebar(context: &SiteContext, section: Section, current: Option<usize>) -> Vec<NavNode> {
    let tree = context.site.tree(section);
    let whole = tree.pages().len() <= MAX_WHOLE;
    let shown = |entry| node(context, entry, current, whole);
    let (leaves, folders): (Vec<_>, Vec<_>) =
        window(&tree.children, current, whole).partition(|entry| entry.children.is_empty());
    let mut first = Vec::new();
    if let Some(index) = tree.page {
        first.push(leaf(context, index, "Overview", current));
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

fn node(context: &SiteContext, entry: &NavEntry, current: Option<usize>, whole: bool) -> NavNode {
    let open = current.is_some_and(|current| entry.page == Some(current) || entry.pages().contains(&current));
    let children = if whole || open {
        window(&entry.children, current, whole).map(|child| node(context, child, current, whole)).collect()
    } else {
        Vec::new()
    };
    let page = entry.page.or_else(|| entry.pages().first().copied().filter(|_| !whole && !open));
    let href = page.map(|index| context.site.href(context.site.pages()[index].address()));
    NavNode { title: entry.title.clone(), href, current: entry.page.is_some() && entry.page == current, open, children }
}

fn leaf(context: &SiteContext, index: usize, title: &str, current: Option<usize>) -> NavNode {
    let href = context.site.href(context.site.pages()[index].address());
    let current = current == Some(index);
    NavNode { title: title.to_owned(), href: Some(href), current, open: current, children: Vec::new() }
}

/// The entries around the open one.
fn window(entries: &[NavEntry], current: Option<usize>, whole: bool) -> impl Iterator<Item = &NavEntry> {
    let at =
        entries.iter().position(|entry| current.is_some_and(|current| entry.pages().contains(&current))).unwrap_or(0);
    // A folder's own page shows the folder's pages; the folder's neighbors are above.
    let is_own = current.is_some() && entries.iter().any(|entry| entry.page == current && entry.children.is_empty());
    let max_entries = match (whole, is_own) {
        (true, _) => usize::MAX,
        (false, true) => MAX_SIBLINGS,
        (false, false) => MAX_ABOVE,
    };
    // At the end of a level, the window contains as many entries as in its middle.
    let first = at.saturating_sub(max_entries / 2).min(entries.len().saturating_sub(max_entries));
    entries.iter().skip(first).take(max_entries)
}
