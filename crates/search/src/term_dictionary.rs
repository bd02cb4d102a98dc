//! All words of the site with their page counts: completions of a prefix, corrections of a typo.

use std::collections::{BTreeMap, BTreeSet};

use content::{Page, Site};

use crate::tokenizer::words;

/// Maximum completions of a prefix; the most frequent words.
const MAX_COMPLETIONS: usize = 16;
/// Maximum corrections of a word; the nearest words.
const MAX_CORRECTIONS: usize = 4;
/// Ratio of page counts from which a similar word is a correction even of a known word.
const CORRECTION_RATIO: usize = 6;

/// The words of a site.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermDictionary {
    /// Words and their page counts.
    counts: BTreeMap<String, usize>,
    /// Letters and length of each word, in the same order: they rule out most words without an edit distance.
    letters: Vec<(u64, usize)>,
    /// Words of titles and headings, for suggestions.
    suggestions: Vec<String>,
}

impl TermDictionary {
    /// Collects the words of all pages, and of synonyms: a reader may type the prefix of a synonym.
    pub(crate) fn collect(site: &Site) -> Self {
        let mut dictionary = Self::default();
        for word in site.search_settings().synonyms.iter().flatten().flat_map(|phrase| words(phrase)) {
            dictionary.counts.insert(word.text, 0);
        }
        let mut suggestions = BTreeSet::new();
        for page in site.pages() {
            let headings = page.document().headings.iter().map(|heading| heading.text.as_str());
            let names: BTreeSet<String> =
                headings.chain([page.title()]).flat_map(words).map(|word| word.text).collect();
            suggestions.extend(names.iter().filter(|word| word.chars().count() > 2).cloned());
            dictionary.count(names.into_iter().chain(Self::text_words(site, page)).collect());
        }
        dictionary.suggestions = suggestions.into_iter().collect();
        dictionary.letters = dictionary.counts.keys().map(|word| letters(word)).collect();
        dictionary
    }

    fn text_words(site: &Site, page: &Page) -> Vec<String> {
        let description = page.document().front.description.clone().unwrap_or_default();
        let passages = site.passages(page).into_iter().flat_map(|passage| [passage.text, passage.code]);
        passages.chain([description]).flat_map(|text| words(&text)).map(|word| word.text).collect()
    }

    fn count(&mut self, words: BTreeSet<String>) {
        for word in words {
            *self.counts.entry(word).or_default() += 1;
        }
    }

    /// Words of titles and headings.
    pub(crate) fn suggestions(&self) -> &[String] {
        &self.suggestions
    }

    /// Returns the most frequent words with a prefix.
    pub(crate) fn completions(&self, prefix: &str) -> Vec<String> {
        let all = self.counts.range(prefix.to_owned()..).take_while(|(word, _)| word.starts_with(prefix));
        let mut all: Vec<(&String, &usize)> = all.filter(|(word, _)| *word != prefix).collect();
        all.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        all.into_iter().take(MAX_COMPLETIONS).map(|(word, _)| word.clone()).collect()
    }

    /// Returns true if any page contains the word.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.counts.get(word).is_some_and(|count| *count > 0)
    }

    /// Returns corrections of a word: one typo from four letters on, two from eight, a transposition counting as one. A
    /// word that `is_prefix` may also be the mistyped beginning of a longer one. Frequent words have no corrections.
    pub(crate) fn corrections(&self, typed: &str, is_prefix: bool) -> Vec<String> {
        let length = typed.chars().count();
        let typos = match length {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            _ => 2,
        };
        let own = self.counts.get(typed).copied().unwrap_or(0);
        let (own_letters, _) = letters(typed);
        let distance = |word: &str| {
            let whole = strsim::osa_distance(typed, word);
            let prefix_distance = is_prefix.then(|| {
                let prefixes = (length.saturating_sub(1)..=length + 1).filter_map(|end| word.char_indices().nth(end));
                prefixes.map(|(end, _)| strsim::osa_distance(typed, &word[..end])).min()
            });
            prefix_distance.flatten().map_or(whole, |prefix| prefix.min(whole))
        };
        let may_be = |&(letters, count): &(u64, usize)| {
            // A typo adds at most one letter and changes the length by at most one.
            let strange = (own_letters & !letters).count_ones() as usize;
            strange <= typos && (count.abs_diff(length) <= typos || is_prefix && count > length)
        };
        let mut near: Vec<(usize, std::cmp::Reverse<usize>, &String)> = self
            .counts
            .iter()
            .zip(&self.letters)
            .filter(|((_, count), letters)| **count >= own * CORRECTION_RATIO && may_be(letters))
            .filter_map(|((word, count), _)| {
                let distance = distance(word);
                (1..=typos).contains(&distance).then_some((distance, std::cmp::Reverse(*count), word))
            })
            .collect();
        near.sort();
        near.into_iter().take(MAX_CORRECTIONS).map(|(_, _, word)| word.clone()).collect()
    }
}

/// The letters of a word as a bit set (letters beyond ASCII share bits), and its length in characters.
fn letters(word: &str) -> (u64, usize) {
    word.chars().fold((0, 0), |(letters, count), letter| (letters | 1 << (u32::from(letter) % 64), count + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_completed_and_typos_corrected_unless_the_word_is_known() {
        let mut words = TermDictionary::default();
        for _ in 0..8 {
            words.count(["credentials", "credential", "token", "tokens"].map(str::to_owned).into());
        }
        words.count(["credentails", "taken", "tokio"].map(str::to_owned).into());
        words.letters = words.counts.keys().map(|word| letters(word)).collect();
        assert_eq!(words.completions("toke"), ["token", "tokens"]);
        assert_eq!(
            words.corrections("credentails", false),
            ["credentials", "credential"],
            "a rare word is corrected to a frequent one"
        );
        assert_eq!(words.corrections("tokne", false), ["token"]);
        assert!(words.corrections("credne", false).is_empty(), "a complete word is not corrected as a prefix");
        assert_eq!(words.corrections("credne", true), ["credential", "credentials", "credentails"]);
        assert!(words.corrections("token", false).is_empty() && words.corrections("tok", true).is_empty());
    }
}
