//! Queries: parsed into words, with stems, completions, corrections and synonyms.

use std::cell::OnceCell;

use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query};

use crate::index::Fields;
use crate::index_query::{adjacent_words, any_phrase};
use crate::synonyms::Synonyms;
use crate::term_dictionary::TermDictionary;
use crate::terms::{Part, Phrase, QueryWord, remove_stopwords, texts};
use crate::tokenizer::{stem, words};

/// Longest query, in bytes; the rest is cut off.
pub const MAX_QUERY_BYTES: usize = 200;
/// Maximum words of a query.
const MAX_WORDS: usize = 12;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchQuery {
    /// The parts; each matches by itself.
    parts: Vec<Part>,
}

impl SearchQuery {
    /// Parses a query. Every text is valid.
    pub(crate) fn parse(text: &str, synonyms: &Synonyms, dictionary: &TermDictionary) -> Self {
        let text = &text[..text.floor_char_boundary(MAX_QUERY_BYTES)];
        let found = words(text);
        let last = found.last().map(|word| word.range.end);
        let is_open = text.ends_with(char::is_alphanumeric);
        let query_word = |text: &str, range_end: usize| {
            let is_prefix = is_open && Some(range_end) == last && text.chars().count() > 1;
            let completions = if is_prefix { dictionary.completions(text) } else { Vec::new() };
            let corrections = if completions.is_empty() { dictionary.corrections(text, is_prefix) } else { Vec::new() };
            let is_known = dictionary.contains(text);
            QueryWord { text: text.to_owned(), stem: stem(text), is_known, completions, corrections }
        };
        let mut parts: Vec<Part> = Vec::new();
        let mut at = 0;
        while let Some(word) = found.get(at).filter(|_| parts.len() < MAX_WORDS) {
            at += 1;
            let mut part = vec![vec![query_word(&word.text, word.range.end)]];
            if word.joined {
                // An identifier matches as a whole, or by all of its parts.
                let inside: Vec<_> = found[at..].iter().take_while(|inner| inner.range.end <= word.range.end).collect();
                at += inside.len();
                part.push(inside.into_iter().map(|inner| query_word(&inner.text, inner.range.end)).collect());
            }
            parts.push(part);
        }
        remove_stopwords(&mut parts, |part| if part.len() == 1 { &part[0][0].text } else { "" });
        Self { parts: synonyms.extend(&parts) }
    }

    /// Returns true without a word to search for.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The typed words, for suggestions.
    pub(crate) fn typed_words(&self) -> impl Iterator<Item = &QueryWord> {
        self.parts.iter().filter_map(|part| part.first()?.first())
    }

    /// Builds the tantivy query: any part matches, and adjacent words score higher.
    pub(crate) fn index_query(&self, fields: &Fields) -> Box<dyn Query> {
        if self.is_empty() {
            return Box::new(EmptyQuery);
        }
        let parts = self.part_queries(fields).map(|part| (Occur::Should, part)).collect();
        let mut query = vec![(Occur::Must, Box::new(BooleanQuery::new(parts)) as Box<dyn Query>)];
        query.extend(
            self.adjacent_pairs().flat_map(|pair| adjacent_words(pair, fields)).map(|pair| (Occur::Should, pair)),
        );
        Box::new(BooleanQuery::new(query))
    }

    /// Builds a tantivy query for each part.
    pub(crate) fn part_queries(&self, fields: &Fields) -> impl Iterator<Item = Box<dyn Query>> {
        self.parts.iter().map(|part| any_phrase(part, fields))
    }

    /// Pairs of adjacent typed words.
    fn adjacent_pairs(&self) -> impl Iterator<Item = [&QueryWord; 2]> {
        let typed = |part: &Part| part.first().is_some_and(|phrase| phrase.len() == 1);
        self.parts.windows(2).filter(move |pair| pair.iter().all(typed)).map(|pair| [&pair[0][0][0], &pair[1][0][0]])
    }

    /// Returns true if a word in lower case matches the query.
    pub(crate) fn matches(&self, word: &str) -> bool {
        // A word and its stem share the first letter: most words of a text need no stemming.
        let stem_of_word = OnceCell::new();
        let has_stem = |sought: &QueryWord| {
            sought.stem.chars().next() == word.chars().next() && *stem_of_word.get_or_init(|| stem(word)) == sought.stem
        };
        // A single word of a synonym phrase does not match alone.
        let is_marked = |part: &Part, phrase: &Phrase| {
            phrase.len() == 1 || phrase == &part[0] || part[0].iter().any(|whole| whole.text == texts(phrase).concat())
        };
        let mut shown =
            self.parts.iter().flat_map(|part| part.iter().filter(|phrase| is_marked(part, phrase)).flatten());
        shown.any(|sought| {
            sought.text == word
                || has_stem(sought)
                || sought.completions.iter().chain(&sought.corrections).any(|other| other == word)
        })
    }
}

#[cfg(test)]
mod tests {
    use content::SearchSettings;

    use super::*;

    fn read(text: &str, synonyms: &[&[&str]]) -> SearchQuery {
        let settings = SearchSettings {
            synonyms: synonyms.iter().map(|group| group.iter().map(|word| (*word).to_owned()).collect()).collect(),
            ..SearchSettings::default()
        };
        SearchQuery::parse(text, &Synonyms::new(&settings), &TermDictionary::default())
    }

    fn typed(query: &SearchQuery) -> Vec<Vec<String>> {
        let phrase = |phrase: &Phrase| phrase.iter().map(|sought| sought.text.as_str()).collect::<Vec<_>>().join(" ");
        query.parts.iter().map(|part| part.iter().map(phrase).collect()).collect()
    }

    #[test]
    fn stop_words_are_dropped_unless_the_query_has_no_others() {
        assert_eq!(typed(&read("How do I run the portal?", &[])), [["run"], ["portal"]]);
        assert_eq!(typed(&read("who is it", &[])), [["who"], ["is"], ["it"]]);
        assert!(read(" .?! ", &[]).is_empty());
    }

    #[test]
    fn identifiers_are_searched_whole_and_in_parts() {
        assert_eq!(typed(&read("agentId x", &[])), [vec!["agentid", "agent id"], vec!["x"]]);
    }

    #[test]
    fn terms_and_phrases_expand_to_synonyms() {
        let groups: &[&[&str]] = &[&["did", "decentralized identifier"], &["log in", "sign in"]];
        assert_eq!(typed(&read("DIDs", groups)), [["dids", "decentralized identifier"]]);
        assert_eq!(
            typed(&read("decentralized identifiers today", groups)),
            [vec!["decentralized identifiers", "did"], vec!["today"]]
        );
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_parses_to_a_bounded_query(text in "\\PC{0,300}") {
            let query = read(&text, &[&["a", "b c"]]);
            proptest::prop_assert!(query.parts.len() <= MAX_WORDS);
        }
    }
}
