//! Words: runs of letters and digits, parts of identifiers, and whole identifiers.
//!
//! `agent_id`, `agentId` and `agent id` share the words `agent` and `id`; the first two are also `agentid`. The index
//! contains each word and its stem, so that `signing` matches `signed`, and `signi` still matches `signing`.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Maximum length of a word, in bytes: longer ones are hashes and keys, which readers don't type.
const MAX_WORD_BYTES: usize = 64;
/// Characters that join parts of an identifier.
const JOINERS: [char; 7] = ['_', '-', '.', ':', '/', '\'', '’'];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word in lower case.
    pub(crate) text: String,
    /// Its byte range in the text.
    pub(crate) range: Range<usize>,
    /// True for a whole identifier of several parts.
    pub(crate) joined: bool,
}

/// Splits a text into words, in order; an identifier precedes its parts.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for compound in compounds(text) {
        let parts = parts(text, compound.clone());
        if parts.len() > 1 && compound.len() <= MAX_WORD_BYTES {
            let joined = parts.iter().map(|part| text[part.clone()].to_lowercase()).collect();
            words.push(Word { text: joined, range: compound, joined: true });
        }
        for range in parts.into_iter().filter(|range| range.len() <= MAX_WORD_BYTES) {
            words.push(Word { text: text[range.clone()].to_lowercase(), range, joined: false });
        }
    }
    words
}

/// Stems a word in lower case (Porter's second algorithm for English).
pub(crate) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Runs of letters and digits with single joiners between them.
fn compounds(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let goes_on = letter.is_alphanumeric()
            || JOINERS.contains(&letter)
                && start.is_some()
                && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        match (goes_on, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                found.push(first..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|first| first..text.len()));
    found
}

/// Splits a compound at joiners and at the words of `camelCase` and `HTTPServer`.
fn parts(text: &str, compound: Range<usize>) -> Vec<Range<usize>> {
    let offset = compound.start;
    let letters: Vec<(usize, char)> =
        text[compound.clone()].char_indices().map(|(at, letter)| (offset + at, letter)).collect();
    let mut parts = Vec::new();
    let mut start: Option<usize> = None;
    for (index, &(at, letter)) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            parts.extend(start.take().map(|first| first..at));
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before].1);
        let after = letters.get(index + 1).map(|(_, after)| *after);
        // `IDs` and `URLs` are one word: a single `s` doesn't begin a word.
        let is_plural = after == Some('s') && letters.get(index + 2).is_none_or(|(_, next)| !next.is_alphanumeric());
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase() || before.is_uppercase() && after.is_some_and(char::is_lowercase) && !is_plural
            });
        if begins {
            parts.extend(start.take().map(|first| first..at));
        }
        start.get_or_insert(at);
    }
    parts.extend(start.map(|first| first..compound.end));
    parts
}

/// The tokenizer for tantivy: each word with its stem at the same position.
#[derive(Clone, Default)]
pub(crate) struct SiteTokenizer;

/// The tokens of one text.
pub(crate) struct WordStream {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for SiteTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let mut tokens = Vec::new();
        for (position, word) in words(text).into_iter().enumerate() {
            let mut put = |text: String| {
                let Range { start, end } = word.range;
                tokens.push(Token { offset_from: start, offset_to: end, position, text, position_length: 1 });
            };
            let stem = stem(&word.text);
            if stem != word.text {
                put(stem);
            }
            put(word.text.clone());
        }
        WordStream { tokens: tokens.into_iter(), token: Token::default() }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn identifiers_are_indexed_whole_and_in_parts() {
        assert_eq!(texts("agent_id"), ["agentid", "agent", "id"]);
        assert_eq!(texts("agentId,"), ["agentid", "agent", "id"]);
        assert_eq!(texts("BASE_PATH"), ["basepath", "base", "path"]);
        assert_eq!(texts("HTTPServer"), ["httpserver", "http", "server"]);
        assert_eq!(texts("did:web:a.b"), ["didwebab", "did", "web", "a", "b"]);
        assert_eq!(texts("DIDs, URLs and APIs."), ["dids", "urls", "and", "apis"]);
        assert_eq!(texts("An agent's id - it is"), ["an", "agents", "agent", "s", "id", "it", "is"]);
        assert_eq!(texts("RFC 9116, Ed25519"), ["rfc", "9116", "ed25519"]);
        assert_eq!(texts("Zürich 日本語"), ["zürich", "日本語"]);
        assert_eq!(texts(" .-_ "), Vec::<String>::new());
    }

    proptest::proptest! {
        #[test]
        fn word_ranges_match_the_source_text(text in "\\PC{0,60}") {
            for word in words(&text) {
                let there = &text[word.range.clone()];
                proptest::prop_assert!(!there.is_empty());
                if !word.joined {
                    proptest::prop_assert_eq!(there.to_lowercase(), word.text);
                }
            }
        }
    }
}
