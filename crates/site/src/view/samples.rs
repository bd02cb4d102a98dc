//! Programs that are shown with addresses and identifiers of their own: highlighted once, filled in for each page.

use app::model::Html;
use app::model::marketplace::Example;
use content::code::{Code, tabs};

use super::article;

/// A program: what its tab is called, its language as a fence names it, its text with places to fill.
pub(super) type Program = (&'static str, &'static str, &'static str);

/// Programs as tabs of highlighted code, places unfilled.
pub(super) fn markup(programs: &[Program]) -> String {
    let code = |(title, language, text): &Program| (*title, Code { language, text });
    tabs("language", &programs.iter().map(code).collect::<Vec<_>>())
}

/// Programs with their places filled.
pub(super) struct Samples<'a> {
    programs: &'static [Program],
    markup: &'a str,
    /// Places and what stands for them: [`quotable`].
    places: Vec<(&'static str, String)>,
}

impl<'a> Samples<'a> {
    /// Fills places; what stands for them is made [`quotable`].
    pub(in crate::view) fn fill(
        programs: &'static [Program],
        markup: &'a str,
        places: &[(&'static str, &str)],
    ) -> Self {
        let places = places.iter().map(|(place, text)| (*place, quotable(text))).collect();
        Self { programs, markup, places }
    }

    /// As tabs of highlighted code.
    pub(in crate::view) fn html(&self) -> Html {
        // What is put in has no letter that means something in markup.
        article::html(self.filled(self.markup))
    }

    /// As plain text.
    pub(in crate::view) fn examples(&self) -> Vec<Example> {
        let example = |(title, language, code): &Program| Example { title, language, code: self.filled(code) };
        self.programs.iter().map(example).collect()
    }

    fn filled(&self, text: &str) -> String {
        self.places.iter().fold(text.to_owned(), |text, (place, value)| text.replace(place, value))
    }
}

/// An address in which every letter is plain in a string of any of these languages, and in markup: the others are
/// percent-encoded (RFC 3986, section 2.1).
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
