//! Sample programs with placeholders: highlighted once, filled in for each page.

use app::model::Html;
use app::model::marketplace::Example;
use content::code::{Code, tabs};

use crate::view::body::pipeline_html;

/// A program: title of its tab, language as in a fence, text with placeholders.
pub(super) type Program = (&'static str, &'static str, &'static str);

/// Highlights programs as tabs, placeholders unfilled.
pub(super) fn markup(programs: &[Program]) -> String {
    let code = |(title, language, text): &Program| (*title, Code { language, text });
    tabs("language", &programs.iter().map(code).collect::<Vec<_>>())
}

/// Programs with filled placeholders.
pub(super) struct Samples<'a> {
    programs: &'static [Program],
    markup: &'a str,
    /// Placeholders and their values, [`quotable`].
    places: Vec<(&'static str, String)>,
}

impl<'a> Samples<'a> {
    /// Fills placeholders; their values are made [`quotable`].
    pub(in crate::view) fn fill(
        programs: &'static [Program],
        markup: &'a str,
        places: &[(&'static str, &str)],
    ) -> Self {
        let places = places.iter().map(|(place, text)| (*place, quotable(text))).collect();
        Self { programs, markup, places }
    }

    /// Tabs of highlighted code.
    pub(in crate::view) fn html(&self) -> Html {
        // Values contain no character with a meaning in markup.
        pipeline_html(self.filled(self.markup))
    }

    /// Plain text.
    pub(in crate::view) fn examples(&self) -> Vec<Example> {
        let example = |(title, language, code): &Program| Example { title, language, code: self.filled(code) };
        self.programs.iter().map(example).collect()
    }

    fn filled(&self, text: &str) -> String {
        self.places.iter().fold(text.to_owned(), |text, (place, value)| text.replace(place, value))
    }
}

/// Percent-encodes (RFC 3986, section 2.1) every character of a URL with a meaning in markup or in a string of the
/// samples' languages.
pub(super) fn quotable(address: &str) -> String {
    const PLAIN: &[u8] = b"-._~:/?#[]@!*+,;=%";
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
