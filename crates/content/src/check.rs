//! Checks of the whole site: links, anchors, images, redirects, duplicate and lost URLs.

use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::addresses;
use crate::link;
use crate::problem::{Problem, ProblemKind};
use crate::redirects::{RedirectEntry, trim_slash};
use crate::site::Site;

/// All problems of the site, by file and line.
pub(crate) fn check(site: &Site, root: &Path, redirects: &[RedirectEntry]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in site.pages() {
        for (line, kind) in &page.document().problems {
            problems.push(Problem::new(page.path(), *line, kind.clone()));
        }
        for reference in &page.document().references {
            let found = link::resolve(site, page, reference).err();
            let found = found.or_else(|| draft_behind(site, page, &reference.target));
            problems.extend(found.map(|kind| Problem::new(page.path(), reference.line, kind)));
        }
    }
    let is_redirect = |path: &str| redirects.iter().any(|entry| trim_slash(&entry.redirect.from) == trim_slash(path));
    for entry in redirects {
        let redirect = &entry.redirect;
        let from = trim_slash(&redirect.from);
        if site.page(from).is_some() {
            problems.push(Problem::new(&entry.path, entry.line, ProblemKind::ShadowedRedirect(from.to_owned())));
        }
        // A redirect into a cycle is reported as a cycle.
        if redirect.to.starts_with('/') && !leads_somewhere(site, &redirect.to) && !is_redirect(&redirect.to) {
            let kind = ProblemKind::StaleRedirect { from: from.to_owned(), to: redirect.to.clone() };
            problems.push(Problem::new(&entry.path, entry.line, kind));
        }
    }
    addresses::check(site, root, &mut problems);
    problems
}

/// Reports a link from a published page to a draft, even where drafts are shown.
fn draft_behind(site: &Site, page: &crate::Page, target: &str) -> Option<ProblemKind> {
    if page.document().front.draft || !link::is_relative(target) {
        return None;
    }
    let file = link::relative_file(page.path(), target)?;
    let other = site.page_of_file(&file)?;
    other.document().front.draft.then(|| ProblemKind::LinkToDraft(file.display().to_string()))
}

/// Returns true if the target of a redirect exists, with its anchor.
fn leads_somewhere(site: &Site, to: &str) -> bool {
    let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor)));
    let path = percent_decode_str(path).decode_utf8_lossy();
    if !site.has_path(&path) {
        return false;
    }
    match (site.page(&path), anchor) {
        (Some(page), Some(anchor)) => page.document().headings.iter().any(|heading| heading.id == anchor),
        _ => true,
    }
}
