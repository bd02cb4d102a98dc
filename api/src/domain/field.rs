//! Text that people write, checked once and then a type.
//!
//! What is shown to others is plain text: control characters, characters that turn the direction of writing, and
//! invisible tags are refused, since they are used to make a text read otherwise than it is.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

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
        let plain = plain(text, MOST, false)?.trim().to_owned();
        if plain.is_empty() { refuse("is empty") } else { Ok(Self(plain)) }
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
        plain(text, MOST, true).map(|text| Self(text.trim().replace("\r\n", "\n")))
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn plain(text: &str, most: usize, has_lines: bool) -> Result<&str, Refusal> {
    let length = text.chars().count();
    if length > most {
        return refuse(format!("has {length} characters; at most {most} are taken"));
    }
    let without_ends = if has_lines { text.replace("\r\n", "\n") } else { text.to_owned() };
    let unseen = without_ends.chars().find(|&letter| !(is_plain(letter) || has_lines && matches!(letter, '\n' | '\t')));
    match unseen {
        Some(letter) => refuse(format!("holds U+{:04X}, a character that can't be seen", u32::from(letter))),
        None => Ok(text),
    }
}

/// What [`is_plain`] refuses, in a class of a regular expression (ECMA-262; tags stand there themselves, since they lie
/// beyond what `\u` can spell in all engines).
const UNSEEN: &str = "\\u0000-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF\\uFFF9-\\uFFFB\u{E0000}-\u{E007F}";

impl<const MOST: usize> PartialSchema for Line<MOST> {
    fn schema() -> RefOr<Schema> {
        let pattern = format!("^[^{UNSEEN}]*[^{UNSEEN}\\s][^{UNSEEN}]*$");
        text_schema().min_length(Some(1)).max_length(Some(MOST)).pattern(Some(pattern)).into()
    }
}

impl<const MOST: usize> ToSchema for Line<MOST> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Line{MOST}"))
    }
}

impl<const MOST: usize> PartialSchema for Text<MOST> {
    fn schema() -> RefOr<Schema> {
        let pattern = format!("^([^{UNSEEN}]|[\\n\\t]|\\r\\n)*$");
        text_schema().max_length(Some(MOST)).pattern(Some(pattern)).into()
    }
}

impl<const MOST: usize> ToSchema for Text<MOST> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Text{MOST}"))
    }
}

fn text_schema() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
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
        assert_eq!(Text::<10>::read("a\r\nb").map(Text::into_string), Ok("a\nb".into()));
        assert!(Text::<10>::read("a\rb").is_err());
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Line::<5>::read(" 日本語 ").is_ok_and(|line| line.as_str() == "日本語"));
        assert!(Line::<3>::read("日本語!").is_err_and(|refusal| refusal.0.contains("4 characters")));
        assert!(Line::<3>::read("  ").is_err());
    }

    /// The contract's pattern of a type.
    fn pattern(schema: impl Serialize) -> regex::Regex {
        let schema = serde_json::to_value(schema).expect("JSON");
        regex::Regex::new(schema["pattern"].as_str().expect("a pattern")).expect("an expression")
    }

    proptest::proptest! {
        #[test]
        fn the_contract_says_what_the_code_does(text in "[\\x00-\\u{2100}\u{FEFF}\u{FFF9}\u{E0001}\r\n\t ]{0,6}") {
            let (line, lines) = (pattern(Line::<10>::schema()), pattern(Text::<10>::schema()));
            proptest::prop_assert_eq!(line.is_match(&text), Line::<10>::read(&text).is_ok());
            proptest::prop_assert_eq!(lines.is_match(&text), Text::<10>::read(&text).is_ok());
        }

        #[test]
        fn a_line_that_was_taken_is_taken_again_unchanged(text in "\\PC{0,40}") {
            if let Ok(line) = Line::<30>::read(&text) {
                proptest::prop_assert_eq!(Line::<30>::read(line.as_str()), Ok(line.clone()));
            }
        }
    }
}
