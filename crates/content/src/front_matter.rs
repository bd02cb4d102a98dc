//! Front matter: the typed YAML block at the beginning of each file.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::date;
use crate::problem::{ProblemKind, hint};

/// Supported keys of front matter.
pub(crate) const KEYS: [&str; 9] =
    ["title", "description", "order", "slug", "draft", "since", "updated", "date", "redirect_from"];

/// The front matter of a file.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct FrontMatter {
    /// The page's only `h1`.
    pub title: String,
    /// One sentence, shown under the title, in listings and by search engines.
    pub description: Option<String>,
    /// Position among siblings: lower numbers first, then by title.
    pub order: Option<i64>,
    /// Replacement for the last segment of the URL.
    pub slug: Option<String>,
    /// True for a draft, shown in development only.
    #[serde(default)]
    pub draft: bool,
    /// Version that introduced the described feature.
    pub since: Option<String>,
    /// Date of the last update; takes precedence over the repository's history.
    #[serde(default, deserialize_with = "date::day")]
    pub updated: Option<Date>,
    /// Date of a changelog entry.
    #[serde(default, deserialize_with = "date::day")]
    pub date: Option<Date>,
    /// Site paths that redirect to the page with 301.
    #[serde(default)]
    pub redirect_from: Vec<String>,
}

impl FrontMatter {
    /// Parses the front matter of `source`; returns it with the range of the body.
    pub(crate) fn split(source: &str, problems: &mut Vec<(usize, ProblemKind)>) -> (Self, Range<usize>) {
        let Some((yaml, body)) = block(source, problems) else {
            return (Self::default(), 0..source.len());
        };
        let front = Self::read(&source[yaml], problems);
        (front, body)
    }

    fn read(yaml: &str, problems: &mut Vec<(usize, ProblemKind)>) -> Self {
        // YAML parses an empty block as null; here it is an empty mapping.
        let keys = serde_saphyr::from_str::<Option<BTreeMap<String, IgnoredAny>>>(yaml);
        let keys = match keys {
            Ok(keys) => keys.unwrap_or_default(),
            Err(error) => {
                problems.push(reading_failed(&error));
                return Self::default();
            }
        };
        for key in keys.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let kind = ProblemKind::UnknownKey { key: key.clone(), hint: hint(key, KEYS) };
            problems.push((line_of(yaml, key), kind));
        }
        if !keys.contains_key("title") {
            let reason = "`title` is missing. Add a title".to_owned();
            problems.push((1, ProblemKind::FrontMatter(reason)));
            return Self::default();
        }
        let front = match serde_saphyr::from_str::<Self>(yaml) {
            Ok(front) => front,
            Err(error) => {
                problems.push(reading_failed(&error));
                return Self::default();
            }
        };
        front.validate(yaml, problems);
        front
    }

    /// Validates values of the right type.
    fn validate(&self, yaml: &str, problems: &mut Vec<(usize, ProblemKind)>) {
        if self.title.trim().is_empty() {
            let reason = "`title` is empty. Add a title".to_owned();
            problems.push((line_of(yaml, "title"), ProblemKind::FrontMatter(reason)));
        }
        if self.description.as_deref().is_none_or(|text| text.trim().is_empty()) {
            let line = if self.description.is_some() { line_of(yaml, "description") } else { 1 };
            problems.push((line, ProblemKind::MissingDescription));
        }
        if let Some(slug) = self.slug.as_deref().filter(|slug| !is_slug(slug)) {
            problems.push((line_of(yaml, "slug"), ProblemKind::BadSlug(slug.to_owned())));
        }
        for from in self.redirect_from.iter().filter(|from| !from.starts_with('/')) {
            let reason = format!("`redirect_from: {from}` is not a site path. Begin it with /");
            problems.push((line_of(yaml, "redirect_from"), ProblemKind::Redirects(reason)));
        }
    }

    /// Returns the slug, if it is valid.
    pub(crate) fn usable_slug(&self) -> Option<&str> {
        self.slug.as_deref().filter(|slug| is_slug(slug))
    }
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Finds the byte ranges of the YAML and of the body.
fn block(source: &str, problems: &mut Vec<(usize, ProblemKind)>) -> Option<(Range<usize>, Range<usize>)> {
    let mut lines = source.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        problems.push((1, ProblemKind::NoFrontMatter));
        return None;
    }
    let mut at = first.len();
    for line in lines {
        let next = at + line.len();
        if line.trim_end() == "---" {
            return Some((first.len()..at, next..source.len()));
        }
        at = next;
    }
    problems.push((1, ProblemKind::UnclosedFrontMatter));
    None
}

/// Converts a YAML error with its line in the file: the block begins on line 2.
fn reading_failed(error: &serde_saphyr::Error) -> (usize, ProblemKind) {
    let line = error.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1) + 1);
    let text = error.without_snippet().to_string();
    let text = text.lines().next().unwrap_or_default().trim();
    (line, ProblemKind::FrontMatter(text.to_owned()))
}

/// The file's line that begins with `key`. `yaml` begins on the file's line 2.
pub(crate) fn line_of(yaml: &str, key: &str) -> usize {
    let starts = |line: &str| line.trim_start_matches(['"', '\'']).starts_with(key);
    2 + yaml.lines().position(starts).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (FrontMatter, Vec<(usize, ProblemKind)>) {
        let mut problems = Vec::new();
        let (front, _) = FrontMatter::split(source, &mut problems);
        (front, problems)
    }

    #[test]
    fn all_keys_are_parsed() {
        let (front, problems) = read(
            "---\ntitle: A\ndescription: B.\norder: 3\nslug: c-d\ndraft: true\nsince: \"0.1\"\nupdated: 2026-01-31\nredirect_from: [/old]\n---\nx",
        );
        assert_eq!(problems, []);
        assert_eq!(front.title, "A");
        assert_eq!(front.order, Some(3));
        assert!(front.draft);
        assert_eq!(front.updated.map(|day| day.to_string()).as_deref(), Some("2026-01-31"));
        assert_eq!(front.redirect_from, ["/old"]);
    }

    #[test]
    fn unknown_keys_are_reported_with_their_line_and_the_page_is_parsed() {
        let (front, problems) = read("---\ntitle: A\ndescription: B.\ntilte: C\n---\n");
        assert_eq!(front.title, "A");
        let hint = ". Did you mean `title`?".to_owned();
        assert_eq!(problems, [(4, ProblemKind::UnknownKey { key: "tilte".into(), hint })]);
    }

    #[test]
    fn wrong_types_are_reported_with_their_line() {
        for (yaml, line) in [
            ("title: A\ndescription: B.\norder: high", 4),
            ("title: A\ndescription: B.\ndraft: 7", 4),
            ("title: [A]\ndescription: B.", 2),
            ("title: A\ndescription: B.\nupdated: soon", 4),
            ("title: A\nredirect_from: 3", 3),
            ("- title", 2),
            ("title: 'A", 2),
        ] {
            let (_, problems) = read(&format!("---\n{yaml}\n---\n"));
            let fatal = problems.iter().find(|(_, kind)| kind.is_fatal());
            let (found, kind) = fatal.unwrap_or_else(|| panic!("{yaml}: nothing reported"));
            assert!(found.abs_diff(line) <= 1, "{yaml}: line {found}, {kind}");
        }
    }

    #[test]
    fn missing_parts_are_reported_separately() {
        assert_eq!(read("# x").1, [(1, ProblemKind::NoFrontMatter)]);
        assert_eq!(read("---\ntitle: A\n").1, [(1, ProblemKind::UnclosedFrontMatter)]);
        assert_eq!(read("---\ntitle: A\n---\n").1, [(1, ProblemKind::MissingDescription)]);
        assert!(read("---\n---\n").1[0].1.to_string().contains("`title` is missing"));
    }
}
