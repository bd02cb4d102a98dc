//! Tokenizer: words are runs of letters and digits in lowercase, in any script.
//!
//! Index texts also yield the parts of `camelCase`, compounds such as `bar-baz` as one word, and, marked to differ from
//! words, the first one and two letters of each word and the letter pairs of scripts without spaces.

use std::collections::BTreeSet;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Maximum length of a word; longer ones are truncated.
const MAX_LETTERS: usize = 40;
/// Maximum number of words in a query.
const MAX_WORDS: usize = 12;
/// Mark of a prefix.
const BEGINNING: char = '\u{1}';
/// Mark of a letter pair.
const PAIR: char = '\u{2}';
/// Lower bound of all words, above all marks.
pub(super) const FIRST_WORD: &str = "\u{3}";

/// Normalizes a name: lowercase with single spaces.
pub(super) fn key(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Splits a query into distinct words.
pub(super) fn query_words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for run in query.split(|letter: char| !letter.is_alphanumeric()) {
        let word = lower(run);
        if !word.is_empty() && !words.contains(&word) && words.len() < MAX_WORDS {
            words.push(word);
        }
    }
    words
}

/// Returns the allowed typos of a word: one from four letters, two from eight; one from two letters in syllabic and
/// logographic scripts; none in numbers.
pub(super) fn typos(word: &str) -> u8 {
    let letters = word.chars().count();
    if word.chars().all(char::is_numeric) {
        return 0;
    }
    match letters {
        0..=1 => 0,
        2..=3 => u8::from(word.chars().all(is_unspaced)),
        4..=7 => 1,
        _ => 2,
    }
}

/// Returns the prefix mark of a word. `None` if it is longer than the marks: such prefixes use a range lookup.
pub(super) fn beginning(word: &str) -> Option<String> {
    (word.chars().count() <= 2).then(|| format!("{BEGINNING}{word}"))
}

/// Returns the letter pairs of a word in a script without spaces.
pub(super) fn pairs(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if !letters.iter().copied().all(is_unspaced) {
        return Vec::new();
    }
    letters.windows(2).map(|pair| format!("{PAIR}{}{}", pair[0], pair[1])).collect()
}

/// Returns true for letters of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn lower(run: &str) -> String {
    run.chars().flat_map(char::to_lowercase).take(MAX_LETTERS).collect()
}

/// Returns all distinct index terms of a text.
pub(super) fn index_terms(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for chunk in text.split_whitespace() {
        let runs: Vec<&str> =
            chunk.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty()).collect();
        if runs.len() > 1 {
            words.insert(lower(&runs.concat()));
        }
        for run in runs {
            words.insert(lower(run));
            words.extend(camel(run));
        }
    }
    let marks: Vec<String> = words.iter().flat_map(|word| beginnings(word).chain(pairs(word))).collect();
    words.extend(marks);
    words
}

fn beginnings(word: &str) -> impl Iterator<Item = String> + use<> {
    let letters: Vec<char> = word.chars().take(2).collect();
    (1..=letters.len()).map(move |end| format!("{BEGINNING}{}", letters[..end].iter().collect::<String>()))
}

/// Splits camel case: `agentQL` yields `agent` and `ql`. Other words yield nothing.
fn camel(run: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for letter in run.chars() {
        if letter.is_uppercase() && was_lower {
            parts.push(String::new());
        }
        was_lower = letter.is_lowercase();
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    if parts.len() > 1 { parts.iter().map(|part| lower(part)).collect() } else { Vec::new() }
}

/// Tokenizer for tantivy.
#[derive(Clone, Default)]
pub(super) struct Words;

/// Token stream.
pub(super) struct Stream {
    words: std::collections::btree_set::IntoIter<String>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        // Positions are not indexed.
        Stream { words: index_terms(text).into_iter(), token: Token { position: 0, ..Token::default() } }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        match self.words.next() {
            Some(text) => {
                self.token.text = text;
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

    #[test]
    fn compounds_are_indexed_whole_and_in_parts() {
        let words = index_terms("io.github.foo/bar-baz AgentQL");
        for word in ["iogithubfoobarbaz", "github", "bar", "baz", "agentql", "agent", "ql", "\u{1}b", "\u{1}ba"] {
            assert!(words.contains(word), "{word:?}: {words:?}");
        }
        assert!(index_terms("翻訳機").contains("\u{2}翻訳") && index_terms("翻訳機").contains("\u{2}訳機"));
    }

    #[test]
    fn typos_are_allowed_by_length_and_never_in_numbers() {
        let allowed = ["abc", "abcd", "abcdefg", "abcdefgh", "12345678", "翻訳", "وكيل"].map(typos);
        assert_eq!(allowed, [0, 1, 1, 2, 0, 1, 1]);
    }

    proptest::proptest! {
        #[test]
        fn every_query_word_is_an_index_term_of_the_same_text(text in "\\PC{0,60}") {
            let terms = index_terms(&text);
            for word in query_words(&text) {
                proptest::prop_assert!(terms.contains(&word), "{:?} of {:?}", word, text);
            }
        }
    }
}
