//! Which agents of a segment a text finds, and how well.
//!
//! Each word counts by the best place where it stands: the name before tags and capabilities before the rest, as it was
//! typed before a beginning before a typo. All words have to stand somewhere. A name that equals the whole text comes
//! first, one that is a letter off soon after, even where no word of it is right. What an agent scores depends on that
//! agent and the text alone, so pages stay where they are while the index tidies up behind them.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::bits::Bits;
use super::error::IndexError;
use super::fields::Fields;
use super::words::{self, FIRST_WORD};

/// The name is the text.
const SAME_NAME: u32 = 1 << 16;
/// The name is the text, but for two letters that changed places.
const SWAPPED_NAME: u32 = 1 << 15;
/// The name is the text, but for a letter.
const NEAR_NAME: u32 = 1 << 14;
/// The name begins with the text.
const BEGUN_NAME: u32 = 1 << 12;

/// What a word counts in a field: as typed, as a beginning, inside a word, with one typo, with two.
struct Weights {
    whole: u8,
    begun: u8,
    inside: u8,
    near: u8,
    far: u8,
}

const NAME: Weights = Weights { whole: 90, begun: 60, inside: 40, near: 30, far: 15 };
const ABOUT: Weights = Weights { whole: 45, begun: 30, inside: 12, near: 10, far: 5 };
const TEXT: Weights = Weights { whole: 20, begun: 14, inside: 6, near: 4, far: 2 };

/// What a text finds in a segment.
pub(super) struct Matches {
    /// What each document scores; 0 for those that are not found.
    pub scores: Vec<u32>,
    /// Those that have every word as it was typed, be it the beginning of another.
    pub typed: Bits,
}

/// A text that is looked for.
pub(super) struct Asked {
    key: String,
    words: Vec<String>,
    /// Whether some agent has that very name: then it is no mistyped one.
    is_name: bool,
}

impl Asked {
    /// `None` for a text without a word: everything is found.
    pub(super) fn new(text: &str) -> Option<Self> {
        let key = words::key(text);
        let words = words::asked(text);
        (!key.is_empty()).then_some(Self { key, words, is_name: false })
    }

    /// Looks whether an agent of some segments has that very name.
    pub(super) fn look(&mut self, segments: &[SegmentReader], fields: &Fields) -> Result<(), IndexError> {
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

    /// What it finds in a segment.
    pub(super) fn matches(&self, segment: &SegmentReader, fields: &Fields) -> Result<Matches, IndexError> {
        let mut scores = vec![0_u32; segment.max_doc() as usize];
        let mut typed = Bits::of(scores.len(), |_| true);
        for (index, word) in self.words.iter().enumerate() {
            let (best, of_word) = best(word, segment, fields)?;
            typed.keep(&of_word);
            for (score, best) in scores.iter_mut().zip(best) {
                let is_out = best == 0 || index > 0 && *score == 0;
                *score = if is_out { 0 } else { *score + u32::from(best) };
            }
        }
        self.names(segment, fields, &mut scores)?;
        Ok(Matches { scores, typed })
    }

    /// Adds what names as a whole score.
    fn names(&self, segment: &SegmentReader, fields: &Fields, scores: &mut [u32]) -> Result<(), IndexError> {
        let names = segment.inverted_index(fields.key)?;
        let mut add = |info: &TermInfo, score: u32| each(&names, info, |doc| scores[doc] += score);
        if let Some(info) = names.terms().get(&self.key)? {
            add(&info, SAME_NAME)?;
        }
        if self.key.chars().count() > 2 {
            let mut begun = names.terms().range().gt(&self.key).lt(behind(&self.key)).into_stream()?;
            while begun.advance() {
                add(begun.value(), BEGUN_NAME)?;
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
                    add(near.value(), if letters(&name) == sorted { SWAPPED_NAME } else { NEAR_NAME })?;
                }
            }
        }
        Ok(())
    }
}

/// The letters of a name, sorted: two names have the same where letters only changed places.
fn letters(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.sort_unstable();
    letters
}

/// What a word counts in each document, and which ones have it as it was typed.
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
            mark(&info, weights.whole)?;
        }
        match words::beginning(word) {
            Some(marked) => {
                if let Some(info) = terms.terms().get(marked)? {
                    mark(&info, weights.begun)?;
                }
            }
            None => {
                let mut begun = terms.terms().range().gt(word).lt(behind(word)).into_stream()?;
                while begun.advance() {
                    mark(begun.value(), weights.begun)?;
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

/// What a mistyped word is recognized by: it takes a while to make.
fn typos(word: &str, fields: &Fields) -> Result<Option<DfaWrapper>, IndexError> {
    let typos = words::typos(word);
    let of_any_field = Term::from_field_text(fields.name, word);
    Ok((typos > 0).then(|| FuzzyTermQuery::new(of_any_field, typos, true).automaton()).transpose()?)
}

/// Words that a mistyped one may mean.
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
        mark(near.value(), if is_near { weights.near } else { weights.far })?;
    }
    Ok(())
}

/// Scripts without spaces: all pairs of neighbours have to be there.
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

/// The first text behind all those that begin with this one.
fn behind(beginning: &str) -> Vec<u8> {
    // No byte of UTF-8 is that large.
    [beginning.as_bytes(), &[0xff]].concat()
}

/// Each document that a term stands in.
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
