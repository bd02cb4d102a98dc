//! Text that people write, checked once and then a type.
//!
//! What is shown to others is plain text: control characters, characters that turn the direction of writing, and
//! invisible tags are refused, since they are used to make a text read otherwise than it is.

use std::fmt;

use serde::Serialize;

#[cfg(feature = "openapi")]
mod schema;

/// Why a value is not taken, in words that complete "`name` …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A refusal.
pub fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
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
        let is_seen = plain.chars().any(|letter| !letter.is_whitespace() && !is_in(letter, &JOINING));
        if is_seen { Ok(Self(plain)) } else { refuse("is empty") }
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
    let unseen =
        without_ends.chars().find(|&letter| is_hidden(letter) && !(has_lines && matches!(letter, '\n' | '\t')));
    match unseen {
        Some(letter) => refuse(format!("holds U+{:04X}, a character that can't be seen", u32::from(letter))),
        None => Ok(text),
    }
}

/// Characters that can't be seen, or that change how others are shown: controls, fillers, marks of direction, tags.
const UNSEEN: [(char, char); 22] = [
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

/// What joins or varies the characters beside it, as scripts and emoji need it, and shows nothing by itself.
const JOINING: [(char, char); 5] = [
    ('\u{180B}', '\u{180D}'),
    ('\u{180F}', '\u{180F}'),
    ('\u{200C}', '\u{200D}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{E0100}', '\u{E01EF}'),
];

/// True for a character that can't be seen, or that changes how others are shown. Text with one is refused, and shown
/// without it where it comes from elsewhere.
pub fn is_hidden(letter: char) -> bool {
    is_in(letter, &UNSEEN)
}

fn is_in(letter: char, ranges: &[(char, char)]) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}

/// Others' text in a message of ours: printable ASCII, the rest of it as `?`, and no more than `most` characters.
pub fn shown(text: &str, most: usize) -> String {
    let plain = |letter: char| if letter == ' ' || letter.is_ascii_graphic() { letter } else { '?' };
    let mut short: String = text.chars().take(most).map(plain).collect();
    if text.chars().nth(most).is_some() {
        short.truncate(most.saturating_sub(3));
        short.push_str("...");
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_refused_by_name() {
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
        for empty in ["  ", "\u{200D}", " \u{FE0F}\u{200C}", "\u{E0101}"] {
            assert!(Line::<3>::read(empty).is_err(), "{empty:?}");
        }
        for seen in ["👩\u{200D}💻", "می\u{200C}خواهم", "❤\u{FE0F}", "ᠠ\u{180B}", "葛\u{E0100}"] {
            assert!(Line::<20>::read(seen).is_ok(), "{seen}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_others_wrote_is_shown_short_and_plain(text in "\\PC{0,40}|[\\x00-\\xff]{0,40}") {
            let short = shown(&text, 20);
            proptest::prop_assert!(short.len() <= 20 && short.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{short:?}");
        }

        #[test]
        fn a_line_that_was_taken_is_taken_again_unchanged(text in "\\PC{0,40}") {
            if let Ok(line) = Line::<30>::read(&text) {
                proptest::prop_assert_eq!(Line::<30>::read(line.as_str()), Ok(line.clone()));
            }
        }
    }
}
