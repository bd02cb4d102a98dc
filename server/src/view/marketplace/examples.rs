//! How an agent is called, in four languages, with its own address. Each is highlighted once; the addresses are put into
//! the markup.

use std::sync::LazyLock;

use app::model::Html;
use app::model::marketplace::Example;
use content::code::{Code, tabs};

use super::super::article;

/// Stands in the examples for the agent's address and for the API's.
const PLACES: [&str; 2] = ["AGENT_ENDPOINT", "AGENT_API"];

/// Title, language and code of each.
const EXAMPLES: [(&str, &str, &str); 4] = [
    ("curl", "bash", include_str!("examples/call.sh")),
    ("Node.js", "javascript", include_str!("examples/call.mjs")),
    ("Python", "python", include_str!("examples/call.py")),
    ("Rust", "rust", include_str!("examples/call.rs")),
];

static MARKUP: LazyLock<String> = LazyLock::new(|| {
    let code = |(title, language, text)| (title, Code { language, text });
    tabs("language", &EXAMPLES.map(code))
});

/// How one agent is called.
pub(super) struct Talk {
    /// What stands for [`PLACES`].
    addresses: [String; 2],
}

impl Talk {
    /// For an agent at an address, and the API at an origin. Both have to be [`quotable`].
    pub(super) fn with(endpoint: &str, api: &str) -> Self {
        Self { addresses: [quotable(endpoint), quotable(api)] }
    }

    pub(super) fn html(&self) -> Html {
        // What is put in has no letter that means something in markup.
        article::html(self.put_into(&MARKUP))
    }

    pub(super) fn into_examples(self) -> Vec<Example> {
        let example = |(title, language, code)| Example { title, language, code: self.put_into(code) };
        EXAMPLES.into_iter().map(example).collect()
    }

    fn put_into(&self, text: &str) -> String {
        PLACES.iter().zip(&self.addresses).fold(text.to_owned(), |text, (place, address)| text.replace(place, address))
    }
}

/// An address in which every letter is plain in a string of any of these languages, and in markup: the others are
/// percent-encoded (RFC 3986, section 2.1).
pub(super) fn quotable(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_plain = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'-' | b'.'
                    | b'_'
                    | b'~'
                    | b':'
                    | b'/'
                    | b'?'
                    | b'#'
                    | b'['
                    | b']'
                    | b'@'
                    | b'!'
                    | b'*'
                    | b'+'
                    | b','
                    | b';'
                    | b'='
                    | b'%'
            );
        if is_plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_no_string_and_no_element() {
        let talk = Talk::with("https://a.example/x'\"`$(id)\\</code><script>", "https://api.example");
        for example in talk.html().as_str().lines() {
            assert!(!example.contains("<script>"));
        }
        for example in talk.into_examples() {
            assert!(
                example.code.contains("https://a.example/x%27%22%60%24%28id%29%5C%3C/code%3E%3Cscript%3E"),
                "{}",
                example.title
            );
            assert!(!example.code.contains("AGENT_"), "{}", example.title);
        }
    }

    #[test]
    fn every_place_is_in_one_piece_in_the_markup() {
        let text = MARKUP.as_str();
        assert_eq!(
            text.matches("AGENT_ENDPOINT").count(),
            EXAMPLES.iter().map(|one| one.2.matches("AGENT_ENDPOINT").count()).sum::<usize>()
        );
        assert_eq!(text.matches("AGENT_API").count(), EXAMPLES.len());
    }
}
