//! The changelog: the list of releases and their pages.

use app::model::{Changelog, Crumb, Link, Page, Place, Release, View};
use content::Section;

use super::article::{edit_url, fatal_problems};
use super::body::{BodyFormat, page_body};
use super::frame::frame;
use super::links::page_link;
use crate::context::SiteContext;
use crate::paths;

/// Indexes of the releases, newest first.
pub fn sorted_releases(context: &SiteContext) -> Vec<usize> {
    let pages = context.site.pages();
    let is_entry =
        |index: &usize| pages[*index].section() == Section::Changelog && pages[*index].address() != paths::CHANGELOG;
    let mut entries: Vec<usize> = (0..pages.len()).filter(is_entry).collect();
    let key = |index: &usize| (pages[*index].document().front.date, pages[*index].address().to_owned());
    entries.sort_by_key(|index| std::cmp::Reverse(key(index)));
    entries
}

/// Builds the list of all releases. `changelog/index.md`, if present, gives title and description.
pub fn changelog(context: &SiteContext) -> View {
    let own = context.site.page(paths::CHANGELOG);
    let title = own.map_or("Changelog", content::Page::title).to_owned();
    let description = own.and_then(|page| page.document().front.description.clone());
    let description = description.unwrap_or_else(|| "All changes, newest first.".to_owned());
    let releases = sorted_releases(context).into_iter().map(|index| release_entry(context, index)).collect();
    View {
        frame: frame(context, &title, &description, Some(paths::CHANGELOG), Some(Place::Changelog)),
        page: Page::Changelog(Changelog { title, description, feed: context.site.href(paths::FEED), releases }),
    }
}

/// Builds the page of a release.
pub(super) fn release(context: &SiteContext, index: usize, format: BodyFormat) -> View {
    let page = &context.site.pages()[index];
    let order = sorted_releases(context);
    let at = order.iter().position(|other| *other == index);
    let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|other| page_link(context, *other));
    let mut release = release_entry(context, index);
    (release.body, release.markdown) = page_body(context, page, format);
    release.crumbs = vec![Crumb { title: "Changelog".to_owned(), href: context.site.href(paths::CHANGELOG) }];
    release.edit = edit_url(context, page.path());
    release.older = neighbour(at.map(|at| at + 1));
    release.newer = neighbour(at.and_then(|at| at.checked_sub(1)));
    let mut frame = frame(context, page.title(), &release.description, Some(page.address()), Some(Place::Changelog));
    frame.meta.noindex = release.draft || !release.problems.is_empty();
    if let Some(structured) = &mut frame.meta.structured {
        structured.modified = page.updated().or(page.document().front.date).map(|day| day.to_string());
    }
    View { frame, page: Page::Release(Box::new(release)) }
}

fn release_entry(context: &SiteContext, index: usize) -> Release {
    let page = &context.site.pages()[index];
    let front = &page.document().front;
    let Link { title, href } = page_link(context, index);
    Release {
        link: Link { title, href },
        description: front.description.clone().unwrap_or_default(),
        date: front.date.map(|day| day.to_string()).unwrap_or_default(),
        draft: front.draft,
        problems: fatal_problems(page),
        ..Release::default()
    }
}
