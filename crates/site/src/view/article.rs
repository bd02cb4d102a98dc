//! Docs and quickstarts.

use app::model::{Article, Crumb, Feedback, Link, Page, Place, TocEntry, View};
use content::{NavEntry, Section};

use super::body::{BodyFormat, page_body};
use super::frame::frame;
use super::links::{page_link, page_listing};
use super::sidebar::sidebar;
use crate::context::SiteContext;
use crate::paths;

/// Reading speed.
const WORDS_PER_MINUTE: usize = 220;
/// Maximum child pages in the list of a folder.
const MAX_CHILDREN: usize = 200;

/// Builds a docs page or quickstart.
pub(super) fn article(context: &SiteContext, index: usize, format: BodyFormat) -> View {
    let site = &context.site;
    let page = &site.pages()[index];
    let (document, section) = (page.document(), page.section());
    let front = &document.front;
    let (crumbs, children) = breadcrumbs_and_children(context, section, index);
    let order = site.tree(section).pages();
    let at = order.iter().position(|other| *other == index);
    let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|other| page_link(context, *other));
    let is_broken = document.is_broken();
    let description = front.description.clone().unwrap_or_default();
    let mut frame = frame(context, page.title(), &description, Some(page.address()), Some(place(section)));
    frame.meta.noindex = front.draft || is_broken;
    let updated = page.updated().map(|day| day.to_string());
    if let Some(structured) = &mut frame.meta.structured {
        structured.modified.clone_from(&updated);
    }
    let feedback =
        (!is_broken).then(|| Feedback { action: site.href(paths::FEEDBACK), page: page.address().to_owned() });
    let (body, markdown) = page_body(context, page, format);
    let article = Article {
        title: page.title().to_owned(),
        description,
        crumbs,
        nav: sidebar(context, section, Some(index)),
        toc: document
            .headings
            .iter()
            .map(|heading| TocEntry { level: heading.level, id: heading.id.clone(), text: heading.text.clone() })
            .collect(),
        body,
        markdown,
        feedback,
        children,
        updated,
        minutes: document.words.div_ceil(WORDS_PER_MINUTE).max(1),
        since: front.since.clone(),
        draft: front.draft,
        edit: edit_url(context, page.path()),
        previous: neighbour(at.and_then(|at| at.checked_sub(1))),
        next: neighbour(at.map(|at| at + 1)),
        problems: fatal_problems(page),
    };
    View { frame, page: Page::Article(Box::new(article)) }
}

/// Builds the list of a section whose folder has no `index.md`.
pub(super) fn section_listing(context: &SiteContext, section: Section) -> View {
    let (title, description) = match section {
        Section::Docs => ("Documentation", "All pages of the documentation."),
        Section::Quickstarts => ("Quickstarts", "Short introductions with tested code."),
        Section::Changelog => ("Changelog", "All changes, newest first."),
    };
    let tree = context.site.tree(section);
    let frame = frame(context, title, description, Some(&format!("/{}", section.folder())), Some(place(section)));
    let article = Article {
        title: title.to_owned(),
        description: description.to_owned(),
        nav: sidebar(context, section, None),
        children: tree.pages().into_iter().take(MAX_CHILDREN).map(|index| page_listing(context, index)).collect(),
        minutes: 1,
        ..Article::default()
    };
    View { frame, page: Page::Article(Box::new(article)) }
}

/// Breadcrumbs from the section's root to a page, and the pages below it.
fn breadcrumbs_and_children(
    context: &SiteContext,
    section: Section,
    index: usize,
) -> (Vec<Crumb>, Vec<app::model::Listing>) {
    let root = context.site.tree(section);
    let title = if section == Section::Docs { "Docs" } else { "Quickstarts" };
    let mut crumbs = vec![Link { title: title.to_owned(), href: context.site.href(&format!("/{}", section.folder())) }];
    let mut entry = root;
    while entry.page != Some(index) {
        let Some(next) = entry.children.iter().find(|child| child.pages().contains(&index)) else { break };
        if next.page != Some(index)
            && let Some(folder) = next.page.or_else(|| next.pages().first().copied())
        {
            crumbs.push(Crumb { title: next.title.clone(), ..page_link(context, folder) });
        }
        entry = next;
    }
    if std::ptr::eq(entry, root) {
        crumbs.clear();
    }
    let first_of = |child: &NavEntry| child.page.or_else(|| child.pages().first().copied());
    let children = entry
        .children
        .iter()
        .filter_map(first_of)
        .take(MAX_CHILDREN)
        .map(|child| page_listing(context, child))
        .collect();
    (crumbs, children)
}

fn place(section: Section) -> Place {
    match section {
        Section::Docs => Place::Docs,
        Section::Quickstarts => Place::Quickstarts,
        Section::Changelog => Place::Changelog,
    }
}

/// The URL of a page's source in the web editor.
pub(super) fn edit_url(context: &SiteContext, path: &std::path::Path) -> Option<String> {
    let base = context.settings.edit_url.as_ref()?;
    let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(path.split('/'));
    Some(url.into())
}

/// Errors that prevent rendering, one per line.
pub(super) fn fatal_problems(page: &content::Page) -> Vec<String> {
    if !page.document().is_broken() {
        return Vec::new();
    }
    let fatal = page.document().problems.iter().filter(|(_, kind)| kind.is_fatal());
    fatal.map(|(line, kind)| content::Problem::new(page.path(), *line, kind.clone()).to_string()).collect()
}
