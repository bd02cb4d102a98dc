//! What a text finds, segment by segment: narrow, count, sort, cut out the page.
//!
//! All of it works on columns of numbers, and on counts and orders that were made with them: what finds nearly everything
//! costs little more than what finds little. Names are looked at where they are sorted by, and then only those that can
//! stand on the page.

use std::sync::PoisonError;

use domain::agent::{AgentType, Word as _};
use tantivy::SegmentReader;
use uuid::Uuid;

use super::bits::Bits;
use super::counts::Counts;
use super::cursor::Cursor;
use super::error::IndexError;
use super::index::Index;
use super::matching::{self, Asked, Matches};
use super::query::{Found, Place, Question};

impl Index {
    /// What is found at a time, in milliseconds. Blocks.
    pub fn search(&self, question: &Question, now: i64) -> Result<Found, IndexError> {
        let view = self.view();
        let mut asked = Asked::new(&question.text);
        if let Some(asked) = &mut asked {
            asked.look(view.searcher.segment_readers(), &self.fields)?;
        }
        let (skipped, before) = match &question.place {
            Place::Offset(offset) => (*offset as usize, *offset),
            Place::After(cursor) => (0, cursor.offset),
        };
        // One more than the page holds tells whether there is another.
        let wanted = skipped + question.limit as usize + 1;
        let mut counts = self.no_counts();
        let mut hits = Vec::new();
        let mut approximate = asked.is_some();
        for (segment, part) in view.searcher.segment_readers().iter().zip(&view.parts) {
            let matches = match &asked {
                Some(asked) => Some(asked.matches(segment, &self.fields)?),
                None => None,
            };
            let mut selected = part.alive.clone();
            if let Some(Matches { scores, .. }) = &matches {
                selected.keep(&Bits::of(scores.len(), |doc| scores[doc] > 0));
            }
            self.narrow(segment, question, &mut selected)?;
            part.columns.narrow(question, now, &mut selected);
            approximate &= matches.as_ref().is_none_or(|matches| !selected.meets(&matches.typed));
            part.columns.count(question, now, &selected, &mut counts);
            let scores = matches.as_ref().map(|matches| matches.scores.as_slice());
            hits.extend(part.columns.first(question, scores, &selected, wanted));
        }
        let is_more = hits.len() >= wanted;
        let page = cut(&mut hits, skipped, question.limit as usize);
        let next = page.last().filter(|_| is_more).map(|last| Cursor {
            offset: before.saturating_add(question.limit),
            rank: last.rank,
            name: last.name.to_owned(),
            id: Uuid::from_u128(last.id),
        });
        let ids = page.iter().map(|hit| Uuid::from_u128(hit.id)).collect();
        let labels = self.labels.read().unwrap_or_else(PoisonError::into_inner);
        let facets = question.facets.iter().map(|facet| (*facet, counts.values(*facet, &labels))).collect();
        let approximate = approximate && counts.total > 0;
        Ok(Found { ids, total: counts.total, offset: before, next, approximate, facets })
    }

    /// Counts of all that the columns hold numbers of.
    fn no_counts(&self) -> Counts {
        let labels = self.labels.read().unwrap_or_else(PoisonError::into_inner);
        Counts {
            capabilities: vec![0; labels.capabilities.texts.len()],
            publishers: vec![0; labels.called.len()],
            types: vec![0; AgentType::WORDS.len() + 1],
            ..Counts::default()
        }
    }

    /// Filters by a word.
    fn narrow(&self, segment: &SegmentReader, question: &Question, selected: &mut Bits) -> Result<(), IndexError> {
        let fields = &self.fields;
        let mut keep = |field, any: &[&str]| {
            let terms = segment.inverted_index(field)?;
            let mut passing = Bits::none(segment.max_doc() as usize);
            for text in any {
                if let Some(info) = terms.terms().get(text)? {
                    matching::each(&terms, &info, |doc| passing.set(doc))?;
                }
            }
            selected.keep(&passing);
            Ok::<_, IndexError>(())
        };
        for group in &question.capabilities {
            keep(fields.capability, &group.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        if let Some(publisher) = &question.publisher {
            keep(fields.publisher, &[publisher])?;
        }
        if let Some(agent_type) = question.agent_type {
            keep(fields.agent_type, &[agent_type.word()])?;
        }
        Ok(())
    }
}

/// A part of them in order, without putting the others in order.
fn cut<T: Ord>(all: &mut [T], skipped: usize, limit: usize) -> &[T] {
    let rest = if skipped == 0 {
        all
    } else if skipped < all.len() {
        all.select_nth_unstable(skipped);
        &mut all[skipped..]
    } else {
        return &[];
    };
    let rest = if limit < rest.len() {
        rest.select_nth_unstable(limit);
        &mut rest[..limit]
    } else {
        rest
    };
    rest.sort_unstable();
    rest
}

#[cfg(test)]
mod tests;
