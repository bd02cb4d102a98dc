//! Resolution of references: one rule for rendering and for checks.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::document::{Reference, ReferenceKind};
use crate::media::Media;
use crate::page::Page;
use crate::problem::{ProblemKind, hint};
use crate::site::Site;

/// Percent-encoded characters of a path (RFC 3986, section 3.3).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'#')
    .add(b'?')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// Allowed schemes of links.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// The target of a reference.
#[derive(Debug)]
pub(crate) enum Target<'a> {
    /// Resolved URL.
    Address(String),
    /// File beside the pages.
    Media(&'a Media),
}

/// Percent-encodes a path for a URL.
pub(crate) fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Returns the file of a relative target, without its fragment.
pub(crate) fn relative_file(page: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let mut whole = page.parent()?.to_owned();
    for component in Path::new(path.as_ref()).components() {
        match component {
            Component::Normal(part) => whole.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                if !whole.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(whole)
}

/// Returns true for a path relative to the page's folder.
pub(crate) fn is_relative(target: &str) -> bool {
    !target.starts_with(['/', '#']) && scheme(target).is_none()
}

/// Returns the scheme of an absolute URL (RFC 3986, section 3.1).
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// Resolves a reference of `page`.
pub(crate) fn resolve<'a>(site: &'a Site, page: &'a Page, reference: &Reference) -> Result<Target<'a>, ProblemKind> {
    let target = reference.target.trim();
    let is_image = reference.kind != ReferenceKind::Link;
    if let Some(scheme) = scheme(target) {
        let allowed = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return match (allowed, is_image) {
            (false, _) => Err(ProblemKind::UnsafeLink(target.to_owned())),
            (true, true) => Err(ProblemKind::ForeignImage(target.to_owned())),
            (true, false) => Ok(Target::Address(target.to_owned())),
        };
    }
    if target.starts_with("//") || target.starts_with('\\') {
        return Err(ProblemKind::UnsafeLink(target.to_owned()));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        let anchor = known_anchor(page, anchor)?;
        return Ok(Target::Address(format!("#{}", encode(&anchor))));
    }
    if is_image {
        return image(site, page, target).map_err(|kind| match reference.kind {
            ReferenceKind::Diagram => ProblemKind::DiagramNotDrawn,
            _ => kind,
        });
    }
    if target.starts_with('/') {
        return site_path(site, target);
    }
    let missing = || ProblemKind::BrokenLink(target.to_owned());
    let file = relative_file(page.path(), target).ok_or_else(missing)?;
    if let Some(other) = site.page_of_file(&file) {
        let address = site.href(other.address());
        return match target.split_once('#') {
            None | Some((_, "")) => Ok(Target::Address(address)),
            Some((_, anchor)) => Ok(Target::Address(format!("{address}#{}", encode(&known_anchor(other, anchor)?)))),
        };
    }
    if site.is_hidden_draft(&file) {
        return Err(ProblemKind::LinkToDraft(file.display().to_string()));
    }
    site.media_of_file(&file).map(Target::Media).ok_or_else(missing)
}

fn image<'a>(site: &'a Site, page: &Page, target: &str) -> Result<Target<'a>, ProblemKind> {
    let missing = || ProblemKind::MissingImage(target.to_owned());
    let file = relative_file(page.path(), target).ok_or_else(missing)?;
    let media = site.media_of_file(&file).ok_or_else(missing)?;
    Ok(Target::Media(media))
}

/// Returns the path of an image's dark variant: `chain.dark.svg` for `chain.svg`.
pub(crate) fn dark_variant(path: &Path) -> PathBuf {
    let extension = path.extension().map(|extension| extension.to_string_lossy()).unwrap_or_default();
    path.with_extension(format!("dark.{extension}"))
}

/// Resolves a site path: a page, a redirect, or a route of the server.
fn site_path<'a>(site: &'a Site, target: &str) -> Result<Target<'a>, ProblemKind> {
    let (path, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    if let Some(page) = site.page(&decoded) {
        if let Some(anchor) = rest.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
            known_anchor(page, anchor)?;
        }
    } else if !site.has_path(&decoded) {
        return Err(ProblemKind::BrokenLink(target.to_owned()));
    }
    Ok(Target::Address(format!("{}{rest}", site.href(&decoded))))
}

/// Returns the decoded anchor if the page contains it. For a broken page, any anchor is accepted: its own problem is
/// already reported.
fn known_anchor(page: &Page, anchor: &str) -> Result<String, ProblemKind> {
    let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
    let headings = &page.document().headings;
    if page.document().is_broken() || headings.iter().any(|heading| heading.id == anchor) {
        return Ok(anchor);
    }
    let hint = hint(&anchor, headings.iter().map(|heading| heading.id.as_str()));
    Err(ProblemKind::BrokenAnchor { page: page.path().display().to_string(), anchor, hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_never_leave_the_folder() {
        let page = Path::new("docs/a/b.md");
        assert_eq!(relative_file(page, "../c.md#x"), Some("docs/c.md".into()));
        assert_eq!(relative_file(page, "./d%20e.md"), Some("docs/a/d e.md".into()));
        assert_eq!(relative_file(page, "../../../x.md"), None);
        assert_eq!(relative_file(page, "%2fetc/passwd"), None);
    }

    #[test]
    fn url_schemes_are_distinguished_from_paths() {
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("a/b:c.md"), None);
        assert!(is_relative("a.md") && !is_relative("#a") && !is_relative("/a") && !is_relative("mailto:a@b"));
    }
}
