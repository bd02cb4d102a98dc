//! The changelog: its list and its entries.

use app::model::{Changelog, Crumb, Link, Page, Place, Release, View};
use content::Section;

use super::article::{edit, problems};
use super::frame::frame;
use super::{Face, link, texts};
use crate::generation::Generation;
use crate::site_paths;

/// Indexes of the entries, newest first.
pub fn releases(generation: &Generation) -> Vec<usize> {
    let pages = generation.site.pages();
    let is_entry = |index: &usize| {
        pages[*index].section() == Section::Changelog && pages[*index].address() != site_paths::CHANGELOG
    };
    let mut entries: Vec<usize> = (0..pages.len()).filter(is_entry).collect();
    let key = |index: &usize| (pages[*index].document().front.date, pages[*index].address().to_owned());
    entries.sort_by_key(|index| std::cmp::Reverse(key(index)));
    entries
}

/// All entries. `changelog/index.md`, where there is one, gives title and description.
pub fn changelog(generation: &Generation) -> View {
    let own = generation.site.page(site_paths::CHANGELOG);
    let title = own.map_or("Changelog", content::Page::title).to_owned();
    let description = own.and_then(|page| page.document().front.description.clone());
    let description = description.unwrap_or_else(|| "All changes, newest first.".to_owned());
    let releases = releases(generation).into_iter().map(|index| entry(generation, index)).collect();
    View {
        frame: frame(generation, &title, &description, Some(site_paths::CHANGELOG), Some(Place::Changelog)),
        page: Page::Changelog(Changelog { title, description, feed: generation.site.href(site_paths::FEED), releases }),
    }
}

/// An entry on its own page.
pub(super) fn release(generation: &Generation, index: usize, face: Face) -> View {
    let page = &generation.site.pages()[index];
    let order = releases(generation);
    let at = order.iter().position(|other| *other == index);
    let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|other| link(generation, *other));
    let mut release = entry(generation, index);
    (release.body, release.markdown) = texts(generation, page, face);
    release.crumbs = vec![Crumb { title: "Changelog".to_owned(), href: generation.site.href(site_paths::CHANGELOG) }];
    release.edit = edit(generation, page.path());
    release.older = neighbour(at.map(|at| at + 1));
    release.newer = neighbour(at.and_then(|at| at.checked_sub(1)));
    let mut frame = frame(generation, page.title(), &release.description, Some(page.address()), Some(Place::Changelog));
    frame.meta.noindex = release.draft || !release.problems.is_empty();
    if let Some(structured) = &mut frame.meta.structured {
        structured.modified = page.updated().or(page.document().front.date).map(|day| day.to_string());
    }
    View { frame, page: Page::Release(Box::new(release)) }
}

fn entry(generation: &Generation, index: usize) -> Release {
    let page = &generation.site.pages()[index];
    let front = &page.document().front;
    let Link { title, href } = link(generation, index);
    Release {
        link: Link { title, href },
        description: front.description.clone().unwrap_or_default(),
        date: front.date.map(|day| day.to_string()).unwrap_or_default(),
        draft: front.draft,
        problems: problems(page),
        ..Release::default()
    }
}
