//! Settings of the search by authors: synonyms, boosted pages, excluded pages.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::problem::{Problem, ProblemKind};
use crate::toml_file::TomlFile;

/// File name. The file is optional.
pub(crate) const FILE: &str = "search.toml";
/// Allowed factors of [`Boost`].
const FACTORS: std::ops::RangeInclusive<f32> = 0.1..=10.0;

/// The content folder's `search.toml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchSettings {
    /// Groups of equivalent words or phrases.
    pub synonyms: Vec<Vec<String>>,
    /// Factors of pages, by site path; they apply to all pages below the path.
    pub boosts: Vec<(String, f32)>,
    /// Site paths excluded from the search, with all pages below.
    pub exclude: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    #[serde(default)]
    synonyms: Vec<Spanned<Vec<String>>>,
    #[serde(default)]
    boost: Vec<Spanned<Boost>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Boost {
    path: String,
    factor: f32,
}

impl SearchSettings {
    /// Reads the file. `has_path` returns true for an existing site path.
    pub(crate) fn read(root: &Path, has_path: impl Fn(&str) -> bool, problems: &mut Vec<Problem>) -> Self {
        let Some(mut toml) = TomlFile::read(root, FILE, ProblemKind::Search, problems) else {
            return Self::default();
        };
        let file: SettingsFile = toml.parse();
        let mut settings = Self::default();
        for group in file.synonyms {
            if group.get_ref().len() < 2 {
                toml.report(group.span().start, "a group of synonyms needs at least two words".to_owned());
                continue;
            }
            settings.synonyms.push(group.into_inner());
        }
        for boost in file.boost {
            let (at, Boost { path, factor }) = (boost.span().start, boost.into_inner());
            if !has_path(&path) {
                toml.report(at, format!("there is no page at {path}"));
            } else if !FACTORS.contains(&factor) {
                toml.report(at, format!("the factor {factor} of {path} is not between 0.1 and 10"));
            } else {
                settings.boosts.push((path, factor));
            }
        }
        for path in file.exclude {
            if has_path(path.get_ref()) {
                settings.exclude.push(path.into_inner());
            } else {
                toml.report(path.span().start, format!("there is no page at {}", path.get_ref()));
            }
        }
        settings
    }

    /// The weight of a page; `None` for an excluded page.
    pub fn factor(&self, address: &str) -> Option<f32> {
        let is_below = |path: &str| {
            address
                .strip_prefix(path.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.exclude.iter().any(|path| is_below(path)) {
            return None;
        }
        let nearest = self.boosts.iter().filter(|(path, _)| is_below(path)).max_by_key(|(path, _)| path.len());
        Some(nearest.map_or(1.0, |(_, factor)| *factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_settings_are_reported_with_their_line_and_ignored() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let text = "synonyms = [[\"did\", \"decentralized identifier\"], [\"one\"]]\nexclude = [\"/docs/gone\", \"/docs/b\"]\n\n[[boost]]\npath = \"/docs\"\nfactor = 2\n\n[[boost]]\npath = \"/docs/a\"\nfactor = 99\n";
        std::fs::write(folder.path().join(FILE), text).expect("a file");
        let mut problems = Vec::new();
        let settings = SearchSettings::read(folder.path(), |path| path != "/docs/gone", &mut problems);
        let reported: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(reported.len(), 3, "{reported:?}");
        assert!(reported[0].starts_with("search.toml:1: search settings: a group"), "{reported:?}");
        assert!(reported[1].starts_with("search.toml:8: search settings: the factor 99"), "{reported:?}");
        assert!(
            reported[2].starts_with("search.toml:2: search settings: there is no page at /docs/gone"),
            "{reported:?}"
        );
        assert_eq!(settings.synonyms.len(), 1);
        assert_eq!(
            ["/docs/x", "/docs/b/c", "/docsx"].map(|address| settings.factor(address)),
            [Some(2.0), None, Some(1.0)]
        );
    }
}
