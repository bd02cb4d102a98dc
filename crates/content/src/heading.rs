//! IDs of headings, by GitHub's rule, so that links to them work on GitHub, too.

use std::collections::HashMap;

/// IDs assigned in a page.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// ID → line of the first heading with it.
    lines: HashMap<String, usize>,
    /// ID → number of suffixes appended to it.
    counts: HashMap<String, usize>,
}

/// Assigned ID, and the line of its first use.
pub(crate) struct AssignedId {
    /// ID, unique in the page.
    pub(crate) id: String,
    /// Line of the first heading with the preferred ID, if it was already in use.
    pub(crate) first_use: Option<usize>,
}

impl Ids {
    /// Assigns `preferred`, or `preferred-1`, `preferred-2`… if it is already in use.
    pub(crate) fn assign(&mut self, preferred: &str, line: usize) -> AssignedId {
        let preferred = if is_reserved(preferred) { format!("section-{preferred}") } else { preferred.to_owned() };
        let Some(first) = self.lines.get(&preferred).copied() else {
            self.lines.insert(preferred.clone(), line);
            return AssignedId { id: preferred, first_use: None };
        };
        loop {
            let count = self.counts.entry(preferred.clone()).or_default();
            *count += 1;
            let id = format!("{preferred}-{count}");
            if !self.lines.contains_key(&id) {
                self.lines.insert(id.clone(), line);
                return AssignedId { id, first_use: Some(first) };
            }
        }
    }
}

/// Returns true for IDs of footnotes and of the page's frame.
fn is_reserved(id: &str) -> bool {
    let number = id.strip_prefix("fnref-").or_else(|| id.strip_prefix("fn-"));
    id.starts_with("page--") || number.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// Returns the ID for a heading's text: lowercase, spaces as hyphens; letters, digits, hyphens and underscores are
/// kept.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            ' ' => slug.push('-'),
            letter if letter.is_alphanumeric() || matches!(letter, '-' | '_') => slug.push(letter),
            _ => {}
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_match_github() {
        for (text, expected) in [
            ("Run the portal", "run-the-portal"),
            ("`BASE_PATH`: what it does", "base_path-what-it-does"),
            ("What's new?", "whats-new"),
            ("Zürich & Übung", "zürich--übung"),
            ("日本語 の 見出し", "日本語-の-見出し"),
            ("!!!", "section"),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn duplicate_ids_get_a_suffix_and_the_line_of_the_first_use() {
        let mut ids = Ids::default();
        assert_eq!(ids.assign("a", 3).first_use, None);
        let second = ids.assign("a", 9);
        assert_eq!((second.id.as_str(), second.first_use), ("a-1", Some(3)));
        assert_eq!(ids.assign("a-1", 10).id, "a-1-1");
        assert_eq!(ids.assign("fn-1", 11).id, "section-fn-1");
    }
}
