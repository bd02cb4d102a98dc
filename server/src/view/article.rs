//! Docs and quickstarts.

use app::model::{Article, Crumb, Feedback, Html, Link, Page, Place, TocEntry, View};
use content::{NavEntry, Section};

use super::frame::frame;
use super::sidebar::sidebar;
use super::{Face, link, listed, texts};
use crate::generation::Generation;
use crate::site_paths;

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: usize = 220;
/// Most pages below a folder that are listed on its page.
const MOST_CHILDREN: usize = 200;

/// A page written in Markdown.
pub(super) fn article(generation: &Generation, index: usize, face: Face) -> View {
    let site = &generation.site;
    let page = &site.pages()[index];
    let (document, section) = (page.document(), page.section());
    let front = &document.front;
    let (crumbs, children) = way(generation, section, index);
    let order = site.tree(section).pages();
    let at = order.iter().position(|other| *other == index);
    let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|other| link(generation, *other));
    let is_broken = document.is_broken();
    let description = front.description.clone().unwrap_or_default();
    let mut frame = frame(generation, page.title(), &description, Some(page.address()), Some(place(section)));
    frame.meta.noindex = front.draft || is_broken;
    let updated = page.updated().map(|day| day.to_string());
    if let Some(structured) = &mut frame.meta.structured {
        structured.modified.clone_from(&updated);
    }
    let feedback =
        (!is_broken).then(|| Feedback { action: site.href(site_paths::FEEDBACK), page: page.address().to_owned() });
    let (body, markdown) = texts(generation, page, face);
    let article = Article {
        title: page.title().to_owned(),
        description,
        crumbs,
        nav: sidebar(generation, section, Some(index)),
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
        minutes: document.words.div_ceil(WORDS_A_MINUTE).max(1),
        since: front.since.clone(),
        draft: front.draft,
        edit: edit(generation, page.path()),
        previous: neighbour(at.and_then(|at| at.checked_sub(1))),
        next: neighbour(at.map(|at| at + 1)),
        problems: problems(page),
    };
    View { frame, page: Page::Article(Box::new(article)) }
}

/// The list of a section whose folder has no `index.md`.
pub(super) fn listing(generation: &Generation, section: Section) -> View {
    let (title, description) = match section {
        Section::Docs => ("Documentation", "All pages of the documentation."),
        Section::Quickstarts => ("Quickstarts", "Short introductions with tested code."),
        Section::Changelog => ("Changelog", "All changes, newest first."),
    };
    let tree = generation.site.tree(section);
    let frame = frame(generation, title, description, Some(&format!("/{}", section.folder())), Some(place(section)));
    let article = Article {
        title: title.to_owned(),
        description: description.to_owned(),
        nav: sidebar(generation, section, None),
        children: tree.pages().into_iter().take(MOST_CHILDREN).map(|index| listed(generation, index)).collect(),
        minutes: 1,
        ..Article::default()
    };
    View { frame, page: Page::Article(Box::new(article)) }
}

/// The way to a page from its section's root, and the pages below it.
fn way(generation: &Generation, section: Section, index: usize) -> (Vec<Crumb>, Vec<app::model::Listing>) {
    let root = generation.site.tree(section);
    let title = if section == Section::Docs { "Docs" } else { "Quickstarts" };
    let mut crumbs =
        vec![Link { title: title.to_owned(), href: generation.site.href(&format!("/{}", section.folder())) }];
    let mut entry = root;
    while entry.page != Some(index) {
        let Some(next) = entry.children.iter().find(|child| child.pages().contains(&index)) else { break };
        if next.page != Some(index)
            && let Some(folder) = next.page.or_else(|| next.pages().first().copied())
        {
            crumbs.push(Crumb { title: next.title.clone(), ..link(generation, folder) });
        }
        entry = next;
    }
    if std::ptr::eq(entry, root) {
        crumbs.clear();
    }
    let first_of = |child: &NavEntry| child.page.or_else(|| child.pages().first().copied());
    let children =
        entry.children.iter().filter_map(first_of).take(MOST_CHILDREN).map(|child| listed(generation, child)).collect();
    (crumbs, children)
}

fn place(section: Section) -> Place {
    match section {
        Section::Docs => Place::Docs,
        Section::Quickstarts => Place::Quickstarts,
        Section::Changelog => Place::Changelog,
    }
}

/// Markup of the content pipeline, for the one component that draws it.
#[expect(clippy::disallowed_methods, reason = "the markup comes from the content pipeline, which escapes all text")]
pub(super) fn html(markup: String) -> Html {
    Html::from_pipeline(markup.into())
}

/// Where the page's source can be edited.
pub(super) fn edit(generation: &Generation, path: &std::path::Path) -> Option<String> {
    let base = generation.config.public.edit_url.as_ref()?;
    let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(path.split('/'));
    Some(url.into())
}

/// Why a page can't be shown, a line each.
pub(super) fn problems(page: &content::Page) -> Vec<String> {
    if !page.document().is_broken() {
        return Vec::new();
    }
    let fatal = page.document().problems.iter().filter(|(_, kind)| kind.is_fatal());
    fatal.map(|(line, kind)| content::Problem::new(page.path(), *line, kind.clone()).to_string()).collect()
}
