//! Validated text types.
//!
//! Public text is plain text. Control characters, bidirectional controls and invisible tags are rejected: they can make
//! a text read differently than it is.

use std::fmt;

use serde::Serialize;

#[cfg(feature = "openapi")]
mod schema;

/// Reason why a value is invalid, in words that complete "`name` …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue(pub String);

impl fmt::Display for InvalidValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Returns an error with a reason.
pub fn invalid<T>(reason: impl Into<String>) -> Result<T, InvalidValue> {
    Err(InvalidValue(reason.into()))
}

/// Plain text of one line, with 1 to `MAX` characters (Unicode scalar values), trimmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    /// Parses a line.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let plain = check_plain(text, MAX, false)?.trim().to_owned();
        let is_visible = plain.chars().any(|letter| !letter.is_whitespace() && !is_within(letter, &JOINERS));
        if is_visible { Ok(Self(plain)) } else { invalid("is empty") }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Plain text of any number of lines, with 0 to `MAX` characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Parses a text.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        check_plain(text, MAX, true).map(|text| Self(text.trim().replace("\r\n", "\n")))
    }

    /// Returns the text.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn check_plain(text: &str, max: usize, has_lines: bool) -> Result<&str, InvalidValue> {
    let length = text.chars().count();
    if length > max {
        return invalid(format!("has {length} characters; the maximum is {max}"));
    }
    let without_ends = if has_lines { text.replace("\r\n", "\n") } else { text.to_owned() };
    let invisible =
        without_ends.chars().find(|&letter| is_hidden(letter) && !(has_lines && matches!(letter, '\n' | '\t')));
    match invisible {
        Some(letter) => invalid(format!("contains the invisible or control character U+{:04X}", u32::from(letter))),
        None => Ok(text),
    }
}

/// Invisible characters and characters that change how others are displayed: controls, fillers, bidirectional controls,
/// tags.
const INVISIBLE: [(char, char); 22] = [
    ('\0', '\u{1F}'),
    ('\u{7F}', '\u{9F}'),
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180E}', '\u{180E}'),
    ('\u{200B}', '\u{200B}'),
    ('\u{200E}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{FFFE}', '\u{FFFF}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E00FF}'),
    ('\u{E01F0}', '\u{E0FFF}'),
];

/// Joiners and variation selectors, which scripts and emoji need and which are invisible on their own.
const JOINERS: [(char, char); 5] = [
    ('\u{180B}', '\u{180D}'),
    ('\u{180F}', '\u{180F}'),
    ('\u{200C}', '\u{200D}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{E0100}', '\u{E01EF}'),
];

/// Returns true for an invisible character, or one that changes how others are displayed. Input with one is rejected;
/// text from elsewhere is displayed without it.
pub fn is_hidden(letter: char) -> bool {
    is_within(letter, &INVISIBLE)
}

fn is_within(letter: char, ranges: &[(char, char)]) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}

/// Sanitizes foreign text for a message: printable ASCII, anything else as `?`, up to `max` characters.
pub fn sanitize(text: &str, max: usize) -> String {
    let plain = |letter: char| if letter == ' ' || letter.is_ascii_graphic() { letter } else { '?' };
    let mut short: String = text.chars().take(max).map(plain).collect();
    if text.chars().nth(max).is_some() {
        short.truncate(max.saturating_sub(3));
        short.push_str("...");
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_rejected_by_name() {
        for (text, code) in [
            ("a\u{202E}b", "U+202E"),
            ("a\0b", "U+0000"),
            ("a\u{E0041}b", "U+E0041"),
            ("a\nb", "U+000A"),
            ("\u{3164}", "U+3164"),
            ("a\u{2800}b", "U+2800"),
            ("a\u{FFFE}b", "U+FFFE"),
            ("a\u{1BCA0}b", "U+1BCA0"),
            ("a\u{E0080}b", "U+E0080"),
            ("a\u{E01F0}b", "U+E01F0"),
            ("a\u{E0FFF}b", "U+E0FFF"),
        ] {
            let error = Line::<10>::parse(text).expect_err(text);
            assert!(error.0.contains(code), "{error}");
        }
        assert_eq!(Text::<10>::parse("a\r\nb").map(Text::into_string), Ok("a\nb".into()));
        assert!(Text::<10>::parse("a\rb").is_err());
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Line::<5>::parse(" 日本語 ").is_ok_and(|line| line.as_str() == "日本語"));
        assert!(Line::<3>::parse("日本語!").is_err_and(|error| error.0.contains("4 characters")));
        for empty in ["  ", "\u{200D}", " \u{FE0F}\u{200C}", "\u{E0101}"] {
            assert!(Line::<3>::parse(empty).is_err(), "{empty:?}");
        }
        for seen in ["👩\u{200D}💻", "می\u{200C}خواهم", "❤\u{FE0F}", "ᠠ\u{180B}", "葛\u{E0100}"] {
            assert!(Line::<20>::parse(seen).is_ok(), "{seen}");
        }
    }

    proptest::proptest! {
        #[test]
        fn foreign_text_is_short_and_plain(text in "\\PC{0,40}|[\\x00-\\xff]{0,40}") {
            let short = sanitize(&text, 20);
            proptest::prop_assert!(short.len() <= 20 && short.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{short:?}");
        }

        #[test]
        fn a_parsed_line_parses_again_unchanged(text in "\\PC{0,40}") {
            if let Ok(line) = Line::<30>::parse(&text) {
                proptest::prop_assert_eq!(Line::<30>::parse(line.as_str()), Ok(line.clone()));
            }
        }
    }
}
