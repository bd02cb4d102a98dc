//! Ids of headings: GitHub's rule, so that links to them work there too.

use std::collections::HashMap;

/// Ids given out in one page.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Id → line of its first holder.
    lines: HashMap<String, usize>,
    /// Id → how often a number was appended to it.
    counts: HashMap<String, usize>,
}

/// An id, and where it stood already.
pub(crate) struct Given {
    /// Unique in the page.
    pub(crate) id: String,
    /// The line of the first heading that wanted it.
    pub(crate) taken_at: Option<usize>,
}

impl Ids {
    /// Gives out `wanted`, or `wanted-1`, `wanted-2`… where it is taken.
    pub(crate) fn give(&mut self, wanted: &str, line: usize) -> Given {
        let wanted = if is_reserved(wanted) { format!("section-{wanted}") } else { wanted.to_owned() };
        let Some(first) = self.lines.get(&wanted).copied() else {
            self.lines.insert(wanted.clone(), line);
            return Given { id: wanted, taken_at: None };
        };
        loop {
            let count = self.counts.entry(wanted.clone()).or_default();
            *count += 1;
            let id = format!("{wanted}-{count}");
            if !self.lines.contains_key(&id) {
                self.lines.insert(id.clone(), line);
                return Given { id, taken_at: Some(first) };
            }
        }
    }
}

/// Ids of footnotes and of the page's frame.
fn is_reserved(id: &str) -> bool {
    let number = id.strip_prefix("fnref-").or_else(|| id.strip_prefix("fn-"));
    id.starts_with("page--") || number.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The id of a heading's text: lower case, spaces to hyphens, letters, digits, hyphens and underscores kept.
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
    fn slugs_are_those_of_github() {
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
    fn a_second_holder_gets_a_number_and_the_first_ones_line() {
        let mut ids = Ids::default();
        assert_eq!(ids.give("a", 3).taken_at, None);
        let second = ids.give("a", 9);
        assert_eq!((second.id.as_str(), second.taken_at), ("a-1", Some(3)));
        assert_eq!(ids.give("a-1", 10).id, "a-1-1");
        assert_eq!(ids.give("fn-1", 11).id, "section-fn-1");
    }
}
