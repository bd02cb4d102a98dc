//! Redirects from old URLs.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::problem::{Problem, ProblemKind};
use crate::toml_file::TomlFile;

/// Name of the file with redirects, in addition to those of front matter.
pub(crate) const FILE: &str = "redirects.toml";

/// A permanent redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Old site path.
    pub from: String,
    /// Site path, optionally with a fragment, or an https URL.
    pub to: String,
    /// 301 or 308 (RFC 9110, sections 15.4.2 and 15.4.9).
    pub status: u16,
}

/// Redirect with its location in the content.
#[derive(Clone, Debug)]
pub(crate) struct RedirectEntry {
    pub(crate) redirect: Redirect,
    pub(crate) path: String,
    pub(crate) line: usize,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    redirect: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    from: String,
    to: String,
    #[serde(default = "moved_permanently")]
    status: u16,
}

const fn moved_permanently() -> u16 {
    301
}

/// Reads the file.
pub(crate) fn read(root: &Path, problems: &mut Vec<Problem>) -> Vec<RedirectEntry> {
    let Some(mut file) = TomlFile::read(root, FILE, ProblemKind::Redirects, problems) else {
        return Vec::new();
    };
    let listed: Listed = file.parse();
    let mut entries = Vec::new();
    for entry in listed.redirect {
        let at = entry.span().start;
        let Entry { from, to, status } = entry.into_inner();
        let wrong = if !matches!(status, 301 | 308) {
            Some(format!("status {status} of {from} is not 301 or 308"))
        } else if !from.starts_with('/') || from.contains(['?', '#']) {
            Some(format!("`from = \"{from}\"` is not a site path. Begin it with /"))
        } else if !(to.starts_with('/') && !to.starts_with("//") || to.starts_with("https://")) {
            Some(format!("`to = \"{to}\"` is neither a site path nor an https URL"))
        } else {
            None
        };
        match wrong {
            Some(reason) => file.report(at, reason),
            None => {
                entries.push(RedirectEntry {
                    redirect: Redirect { from, to, status },
                    path: FILE.to_owned(),
                    line: file.line(at),
                });
            }
        }
    }
    entries
}

/// Returns redirects by their old path: chains are resolved to their end, cycles and duplicates are reported and
/// omitted.
pub(crate) fn resolve(entries: &[RedirectEntry], problems: &mut Vec<Problem>) -> HashMap<String, Redirect> {
    let mut by_from: BTreeMap<String, &RedirectEntry> = BTreeMap::new();
    for entry in entries {
        let from = trim_slash(&entry.redirect.from);
        if by_from.contains_key(from) {
            problems.push(Problem::new(&entry.path, entry.line, ProblemKind::DuplicateRedirect(from.to_owned())));
        } else {
            by_from.insert(from.to_owned(), entry);
        }
    }
    let mut resolved = HashMap::new();
    for (from, entry) in &by_from {
        match end_of(from, &by_from) {
            Ok(to) => {
                let redirect = Redirect { from: from.clone(), to, status: entry.redirect.status };
                resolved.insert(from.clone(), redirect);
            }
            Err(circle) => {
                problems.push(Problem::new(&entry.path, entry.line, ProblemKind::RedirectCircle(circle)));
            }
        }
    }
    resolved
}

fn end_of(from: &str, by_from: &BTreeMap<String, &RedirectEntry>) -> Result<String, String> {
    let mut chain = vec![from.to_owned()];
    let mut to = by_from[from].redirect.to.clone();
    loop {
        let path = to.split('#').next().unwrap_or_default();
        let path = trim_slash(path);
        if chain.iter().any(|step| step == path) {
            chain.push(path.to_owned());
            return Err(chain.join(" → "));
        }
        match by_from.get(path) {
            Some(next) => {
                chain.push(path.to_owned());
                to.clone_from(&next.redirect.to);
            }
            None => return Ok(to),
        }
    }
}

/// Removes the trailing slash, which only the root has.
pub(crate) fn trim_slash(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(pairs: &[(&str, &str)]) -> Vec<RedirectEntry> {
        let entry = |(from, to): &(&str, &str)| RedirectEntry {
            redirect: Redirect { from: (*from).into(), to: (*to).into(), status: 301 },
            path: FILE.into(),
            line: 1,
        };
        pairs.iter().map(entry).collect()
    }

    #[test]
    fn redirect_chains_resolve_to_the_final_target() {
        let mut problems = Vec::new();
        let resolved = resolve(&entries(&[("/a", "/b"), ("/b/", "/c"), ("/c", "/d#e")]), &mut problems);
        assert_eq!(resolved["/a"].to, "/d#e");
        assert_eq!(problems, []);
    }

    #[test]
    fn redirect_loops_are_reported_and_ignored() {
        let mut problems = Vec::new();
        let resolved = resolve(&entries(&[("/a", "/b"), ("/b", "/a"), ("/c", "/c#x"), ("/d", "/a")]), &mut problems);
        assert!(resolved.is_empty(), "{resolved:?}");
        assert_eq!(problems.len(), 4);
        assert!(problems[0].to_string().contains("/a → /b → /a"), "{}", problems[0]);
    }
}
