//! Synonyms: groups of phrases with the same meaning, as authors list them.

use content::SearchSettings;

use crate::terms::{Part, Phrase, QueryWord, remove_stopwords};
use crate::tokenizer::{Word, stem, words};

/// Groups of phrases; each word with its stem.
#[derive(Clone, Debug, Default)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<Vec<(String, String)>>>,
}

impl Synonyms {
    /// Reads the synonyms of `search.toml`.
    pub(crate) fn new(settings: &SearchSettings) -> Self {
        // `multi-tenancy` matches as two words and as one.
        let phrases = |text: &String| -> Vec<Vec<(String, String)>> {
            let stemmed = |word: Word| (stem(&word.text), word.text);
            let (joined, apart): (Vec<_>, Vec<_>) = words(text).into_iter().partition(|word| word.joined);
            let mut apart: Vec<_> = apart.into_iter().map(stemmed).collect();
            remove_stopwords(&mut apart, |(_, text)| text);
            let is_one = joined.len() == 1 && text.split_whitespace().count() == 1;
            let joined = joined.into_iter().filter(|_| is_one).map(|word| vec![stemmed(word)]);
            [apart].into_iter().chain(joined).filter(|phrase| !phrase.is_empty()).collect()
        };
        Self { groups: settings.synonyms.iter().map(|group| group.iter().flat_map(phrases).collect()).collect() }
    }

    /// Adds synonyms to each part, or run of parts.
    pub(crate) fn extend(&self, parts: &[Part]) -> Vec<Part> {
        let mut extended: Vec<Part> = Vec::new();
        let mut rest = parts;
        while let Some(first) = rest.first() {
            let (length, others) = self.longest_match(rest);
            let mut part = if length > 1 {
                vec![rest[..length].iter().map(|part| part[0][0].clone()).collect()]
            } else {
                first.clone()
            };
            part.extend(others);
            extended.push(part);
            rest = &rest[length.max(1)..];
        }
        extended
    }

    /// Finds the longest phrase of any group that `parts` begin with, and the other phrases of its groups.
    fn longest_match(&self, parts: &[Part]) -> (usize, Vec<Phrase>) {
        let begins = |phrase: &Vec<(String, String)>| {
            phrase.len() <= parts.len()
                && phrase
                    .iter()
                    .zip(parts)
                    .all(|(word, part)| part.iter().any(|typed| typed.len() == 1 && typed[0].may_be(word)))
        };
        let longest = self.groups.iter().flatten().filter(|phrase| begins(phrase)).map(Vec::len).max().unwrap_or(0);
        let mut others = Vec::new();
        for group in &self.groups {
            let is_match = |phrase: &Vec<(String, String)>| phrase.len() == longest && begins(phrase);
            if longest > 0 && group.iter().any(is_match) {
                let query_word = |(stem, text): &(String, String)| QueryWord {
                    text: text.clone(),
                    stem: stem.clone(),
                    is_known: true,
                    completions: Vec::new(),
                    corrections: Vec::new(),
                };
                others.extend(
                    group
                        .iter()
                        .filter(|phrase| !is_match(phrase))
                        .map(|phrase| phrase.iter().map(query_word).collect()),
                );
            }
        }
        (longest, others)
    }
}
