//! Every word that stands anywhere, with the number of entries it stands in: what a beginning may go on to, and what a
//! mistyped word may mean.

use std::collections::{BTreeMap, BTreeSet};

use content::{Page, Site};

use super::words::words;

/// Words that a beginning may stand for, at most; those that stand in most entries.
const MOST_ENDINGS: usize = 16;
/// Words that a mistyped one may stand for, at most; the nearest.
const MOST_NEAR: usize = 4;
/// A word that stands somewhere may be mistyped all the same, where a near one stands in so many times as many places.
const FAR_MORE: usize = 6;

/// The words of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// Words and on how many pages they stand.
    counts: BTreeMap<String, usize>,
    /// The letters of each word, in the same order, and how many there are: most words are told from a typed one by
    /// them, without counting typos.
    letters: Vec<(u64, usize)>,
    /// Words of titles and headings: what a reader is offered.
    shown: Vec<String>,
}

impl Vocabulary {
    /// Reads all pages, and what authors say means the same: who begins to type such a word means it too.
    pub(super) fn of(site: &Site) -> Self {
        let mut vocabulary = Self::default();
        for word in site.search_settings().synonyms.iter().flatten().flat_map(|phrase| words(phrase)) {
            vocabulary.counts.insert(word.text, 0);
        }
        let mut shown = BTreeSet::new();
        for page in site.pages() {
            let headings = page.document().headings.iter().map(|heading| heading.text.as_str());
            let names: BTreeSet<String> =
                headings.chain([page.title()]).flat_map(words).map(|word| word.text).collect();
            shown.extend(names.iter().filter(|word| word.chars().count() > 2).cloned());
            vocabulary.count(names.into_iter().chain(Self::text(site, page)).collect());
        }
        vocabulary.shown = shown.into_iter().collect();
        vocabulary.letters = vocabulary.counts.keys().map(|word| letters(word)).collect();
        vocabulary
    }

    fn text(site: &Site, page: &Page) -> Vec<String> {
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
    pub(super) fn shown(&self) -> &[String] {
        &self.shown
    }

    /// Words that begin so, the most common ones.
    pub(super) fn endings(&self, beginning: &str) -> Vec<String> {
        let all = self.counts.range(beginning.to_owned()..).take_while(|(word, _)| word.starts_with(beginning));
        let mut all: Vec<(&String, &usize)> = all.filter(|(word, _)| *word != beginning).collect();
        all.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        all.into_iter().take(MOST_ENDINGS).map(|(word, _)| word.clone()).collect()
    }

    /// Whether a word stands on any page.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.counts.get(word).is_some_and(|count| *count > 0)
    }

    /// Words that may be meant by one that is mistyped: one typo away from four letters on, two from eight; an exchange
    /// of neighbours is one. A word that `may_go_on` may be the beginning of what is meant. None where the word itself
    /// is common enough to be meant.
    pub(super) fn meant(&self, typed: &str, may_go_on: bool) -> Vec<String> {
        let length = typed.chars().count();
        let typos = match length {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            _ => 2,
        };
        let own = self.counts.get(typed).copied().unwrap_or(0);
        let (own_letters, _) = letters(typed);
        let away = |word: &str| {
            let whole = strsim::osa_distance(typed, word);
            let begun = may_go_on.then(|| {
                let beginnings = (length.saturating_sub(1)..=length + 1).filter_map(|end| word.char_indices().nth(end));
                beginnings.map(|(end, _)| strsim::osa_distance(typed, &word[..end])).min()
            });
            begun.flatten().map_or(whole, |begun| begun.min(whole))
        };
        let may_be = |&(letters, count): &(u64, usize)| {
            // A typo brings in one letter at most, and makes a word longer or shorter by one.
            let strange = (own_letters & !letters).count_ones() as usize;
            strange <= typos && (count.abs_diff(length) <= typos || may_go_on && count > length)
        };
        let mut near: Vec<(usize, std::cmp::Reverse<usize>, &String)> = self
            .counts
            .iter()
            .zip(&self.letters)
            .filter(|((_, count), letters)| **count >= own * FAR_MORE && may_be(letters))
            .filter_map(|((word, count), _)| {
                let away = away(word);
                (1..=typos).contains(&away).then_some((away, std::cmp::Reverse(*count), word))
            })
            .collect();
        near.sort();
        near.into_iter().take(MOST_NEAR).map(|(_, _, word)| word.clone()).collect()
    }
}

/// The letters of a word, a bit for each (letters beyond ASCII share them), and how many characters it has.
fn letters(word: &str) -> (u64, usize) {
    word.chars().fold((0, 0), |(letters, count), letter| (letters | 1 << (u32::from(letter) % 64), count + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_go_on_and_typos_are_understood_unless_the_word_is_meant() {
        let mut words = Vocabulary::default();
        for _ in 0..8 {
            words.count(["credentials", "credential", "token", "tokens"].map(str::to_owned).into());
        }
        words.count(["credentails", "taken", "tokio"].map(str::to_owned).into());
        words.letters = words.counts.keys().map(|word| letters(word)).collect();
        assert_eq!(words.endings("toke"), ["token", "tokens"]);
        assert_eq!(
            words.meant("credentails", false),
            ["credentials", "credential"],
            "it stands once, as an example of a typo"
        );
        assert_eq!(words.meant("tokne", false), ["token"]);
        assert!(words.meant("credne", false).is_empty(), "a beginning with a typo in it, of a word that is whole");
        assert_eq!(words.meant("credne", true), ["credential", "credentials", "credentails"]);
        assert!(words.meant("token", false).is_empty() && words.meant("tok", true).is_empty());
    }
}
