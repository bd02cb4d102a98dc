//! Matching and scoring of a text within a segment.
//!
//! Each word scores by its best match: the name before tags and capabilities before the rest; exact before prefix
//! before typo. All words have to match. A name equal to the whole text ranks first, a name within one edit soon after,
//! even if none of its words match. A score depends only on the agent and the text, so pages are stable while segments
//! are merged.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::bits::Bits;
use super::error::IndexError;
use super::fields::Fields;
use super::words::{self, FIRST_WORD};

/// Name equals the text.
const SAME_NAME: u32 = 1 << 16;
/// Name equals the text except for two transposed letters.
const SWAPPED_NAME: u32 = 1 << 15;
/// Name equals the text except for one letter.
const TYPO_NAME: u32 = 1 << 14;
/// Name starts with the text.
const PREFIX_NAME: u32 = 1 << 12;

/// Weights of a word in a field: exact, prefix, infix, one typo, two typos.
struct Weights {
    exact: u8,
    prefix: u8,
    inside: u8,
    one_typo: u8,
    two_typos: u8,
}

const NAME: Weights = Weights { exact: 90, prefix: 60, inside: 40, one_typo: 30, two_typos: 15 };
const ABOUT: Weights = Weights { exact: 45, prefix: 30, inside: 12, one_typo: 10, two_typos: 5 };
const TEXT: Weights = Weights { exact: 20, prefix: 14, inside: 6, one_typo: 4, two_typos: 2 };

/// Matches of a text in a segment.
pub(super) struct Matches {
    /// Score per document; 0 for no match.
    pub scores: Vec<u32>,
    /// Documents that contain every word as typed, or as a prefix.
    pub typed: Bits,
}

/// Search text.
pub(super) struct SearchText {
    key: String,
    words: Vec<String>,
    /// True if an agent has exactly this name, so the text is not a typo.
    is_name: bool,
}

impl SearchText {
    /// Parses a text. `None` without any word, which matches everything.
    pub(super) fn new(text: &str) -> Option<Self> {
        let key = words::key(text);
        let words = words::query_words(text);
        (!key.is_empty()).then_some(Self { key, words, is_name: false })
    }

    /// Sets `is_name` if an agent in the segments has exactly this name.
    pub(super) fn find_exact_name(&mut self, segments: &[SegmentReader], fields: &Fields) -> Result<(), IndexError> {
        for segment in segments {
            let names = segment.inverted_index(fields.key)?;
            let alive = segment.alive_bitset();
            if let Some(info) = names.terms().get(&self.key)? {
                let mut postings = names.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    self.is_name |= alive.is_none_or(|alive| alive.is_alive(postings.doc()));
                    postings.advance();
                }
            }
        }
        Ok(())
    }

    /// Matches the text in a segment.
    pub(super) fn matches(&self, segment: &SegmentReader, fields: &Fields) -> Result<Matches, IndexError> {
        let mut scores = vec![0_u32; segment.max_doc() as usize];
        let mut typed = Bits::from_fn(scores.len(), |_| true);
        for (index, word) in self.words.iter().enumerate() {
            let (best, of_word) = best(word, segment, fields)?;
            typed.intersect(&of_word);
            for (score, best) in scores.iter_mut().zip(best) {
                let is_out = best == 0 || index > 0 && *score == 0;
                *score = if is_out { 0 } else { *score + u32::from(best) };
            }
        }
        self.score_names(segment, fields, &mut scores)?;
        Ok(Matches { scores, typed })
    }

    /// Adds the scores of whole names.
    fn score_names(&self, segment: &SegmentReader, fields: &Fields, scores: &mut [u32]) -> Result<(), IndexError> {
        let names = segment.inverted_index(fields.key)?;
        let mut add = |info: &TermInfo, score: u32| each(&names, info, |doc| scores[doc] += score);
        if let Some(info) = names.terms().get(&self.key)? {
            add(&info, SAME_NAME)?;
        }
        if self.key.chars().count() > 2 {
            let mut prefix = names.terms().range().gt(&self.key).lt(prefix_end(&self.key)).into_stream()?;
            while prefix.advance() {
                add(prefix.value(), PREFIX_NAME)?;
            }
        }
        if self.is_name {
            return Ok(());
        }
        let is_long_enough = self.key.chars().count() > 3 || words::typos(&self.key) > 0;
        if is_long_enough && self.key.chars().any(char::is_alphabetic) {
            let sorted = letters(&self.key);
            let automaton = FuzzyTermQuery::new(Term::from_field_text(fields.key, &self.key), 1, true).automaton()?;
            let mut near = names.terms().search(automaton).into_stream()?;
            while near.advance() {
                let name = String::from_utf8_lossy(near.key()).into_owned();
                if name != self.key {
                    add(near.value(), if letters(&name) == sorted { SWAPPED_NAME } else { TYPO_NAME })?;
                }
            }
        }
        Ok(())
    }
}

/// Returns the sorted letters of a name, equal for transpositions.
fn letters(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.sort_unstable();
    letters
}

/// Scores a word in each document, and marks those that contain it as typed.
fn best(word: &str, segment: &SegmentReader, fields: &Fields) -> Result<(Vec<u8>, Bits), IndexError> {
    let mut best = vec![0_u8; segment.max_doc() as usize];
    let mut typed = Bits::none(best.len());
    let typos = typos(word, fields)?;
    for (field, weights) in [(fields.name, &NAME), (fields.about, &ABOUT), (fields.text, &TEXT)] {
        let terms = segment.inverted_index(field)?;
        let mut mark = |info: &TermInfo, weight: u8| {
            each(&terms, info, |doc| {
                best[doc] = best[doc].max(weight);
                typed.set(doc);
            })
        };
        if let Some(info) = terms.terms().get(word)? {
            mark(&info, weights.exact)?;
        }
        match words::beginning(word) {
            Some(marked) => {
                if let Some(info) = terms.terms().get(marked)? {
                    mark(&info, weights.prefix)?;
                }
            }
            None => {
                let mut prefix = terms.terms().range().gt(word).lt(prefix_end(word)).into_stream()?;
                while prefix.advance() {
                    mark(prefix.value(), weights.prefix)?;
                }
            }
        }
        if let Some(typos) = &typos {
            let mut mark = |info: &TermInfo, weight: u8| each(&terms, info, |doc| best[doc] = best[doc].max(weight));
            near(word, typos, &terms, weights, &mut mark)?;
        }
        inside(word, segment, &terms, |doc| {
            best[doc] = best[doc].max(weights.inside);
            typed.set(doc);
        })?;
    }
    Ok((best, typed))
}

/// Builds the typo automaton of a word, which is expensive.
fn typos(word: &str, fields: &Fields) -> Result<Option<DfaWrapper>, IndexError> {
    let typos = words::typos(word);
    let of_any_field = Term::from_field_text(fields.name, word);
    Ok((typos > 0).then(|| FuzzyTermQuery::new(of_any_field, typos, true).automaton()).transpose()?)
}

/// Matches words within the allowed typos.
fn near(
    word: &str,
    typos: &DfaWrapper,
    terms: &InvertedIndexReader,
    weights: &Weights,
    mark: &mut impl FnMut(&TermInfo, u8) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let is_one = words::typos(word) == 1;
    let mut near = terms.terms().search(typos).ge(FIRST_WORD).into_stream()?;
    while near.advance() {
        let is_near =
            is_one || std::str::from_utf8(near.key()).is_ok_and(|found| strsim::osa_distance(word, found) < 2);
        mark(near.value(), if is_near { weights.one_typo } else { weights.two_typos })?;
    }
    Ok(())
}

/// Matches scripts without spaces: all pairs of adjacent letters have to occur.
fn inside(
    word: &str,
    segment: &SegmentReader,
    terms: &Arc<InvertedIndexReader>,
    then: impl FnMut(usize),
) -> Result<(), IndexError> {
    let pairs = words::pairs(word);
    if pairs.is_empty() {
        return Ok(());
    }
    let mut counts = vec![0_usize; segment.max_doc() as usize];
    for pair in &pairs {
        if let Some(info) = terms.terms().get(pair)? {
            each(terms, &info, |doc| counts[doc] += 1)?;
        }
    }
    (0..counts.len()).filter(|doc| counts[*doc] == pairs.len()).for_each(then);
    Ok(())
}

/// Returns the upper bound of all texts with this prefix.
fn prefix_end(beginning: &str) -> Vec<u8> {
    // UTF-8 contains no byte 0xFF.
    [beginning.as_bytes(), &[0xff]].concat()
}

/// Visits each document that contains a term.
pub(super) fn each(
    terms: &InvertedIndexReader,
    info: &TermInfo,
    mut then: impl FnMut(usize),
) -> Result<(), IndexError> {
    let mut postings = terms.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let mut doc = postings.doc();
    while doc != TERMINATED {
        then(doc as usize);
        doc = postings.advance();
    }
    Ok(())
}
