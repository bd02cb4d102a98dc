//! Text that people write, checked once and then a type.
//!
//! What is shown to others is plain text: control characters, characters that turn the direction of writing, and
//! invisible tags are refused, since they are used to make a text read otherwise than it is.

use std::fmt;

use serde::Serialize;

/// Why a value is not taken, in words that complete "`name` …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A refusal.
pub(crate) fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(reason.into()))
}

/// Plain text of one line, with 1 to `MOST` characters (Unicode scalar values), without space at its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line<const MOST: usize>(String);

impl<const MOST: usize> Line<MOST> {
    /// Reads one.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return refuse("is empty");
        }
        plain(text, MOST, false).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Plain text of any number of lines, with 0 to `MOST` characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text<const MOST: usize>(String);

impl<const MOST: usize> Text<MOST> {
    /// Reads one.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        plain(text.trim(), MOST, true).map(Self)
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn plain(text: &str, most: usize, has_lines: bool) -> Result<String, Refusal> {
    let length = text.chars().count();
    if length > most {
        return refuse(format!("has {length} characters; at most {most} are taken"));
    }
    match text.chars().find(|&letter| !(is_plain(letter) || has_lines && matches!(letter, '\n' | '\t'))) {
        Some(letter) => refuse(format!("holds U+{:04X}, a character that can't be seen", u32::from(letter))),
        None => Ok(text.to_owned()),
    }
}

/// Whether a character shows itself, and leaves others as they are.
fn is_plain(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_tag = matches!(letter, '\u{E0000}'..='\u{E007F}');
    let is_unseen =
        matches!(letter, '\u{00AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}');
    !letter.is_control() && !turns && !is_tag && !is_unseen && !matches!(letter, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_refused_by_name() {
        for (text, code) in
            [("a\u{202E}b", "U+202E"), ("a\0b", "U+0000"), ("a\u{E0041}b", "U+E0041"), ("a\nb", "U+000A")]
        {
            let refusal = Line::<10>::read(text).expect_err(text);
            assert!(refusal.0.contains(code), "{refusal}");
        }
        assert!(Text::<10>::read("a\nb").is_ok());
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Line::<3>::read(" 日本語 ").is_ok());
        assert!(Line::<3>::read("日本語!").is_err_and(|refusal| refusal.0.contains("4 characters")));
        assert!(Line::<3>::read("  ").is_err());
    }

    proptest::proptest! {
        #[test]
        fn a_line_that_was_taken_is_taken_again_unchanged(text in "\\PC{0,40}") {
            if let Ok(line) = Line::<30>::read(&text) {
                proptest::prop_assert_eq!(Line::<30>::read(line.as_str()), Ok(line.clone()));
            }
        }
    }
}
