//! The columns of one segment, and the pass over them.

use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::{Column, ColumnValues, StrColumn, TermOrdHit};

use super::{Counts, Facet, Hit, Place, Question, Sort};
use crate::marketplace::IndexError;
use crate::marketplace::index::UNTIL;

/// What a document is sorted by, in this segment; then its identifier.
type Key = (u64, u128);

pub(super) struct Columns<'a> {
    segment: &'a SegmentReader,
    question: &'a Question,
    id_high: Arc<dyn ColumnValues<u64>>,
    id_low: Arc<dyn ColumnValues<u64>>,
    published: Arc<dyn ColumnValues<i64>>,
    updated: Arc<dyn ColumnValues<i64>>,
    length: Arc<dyn ColumnValues<u64>>,
    publisher: Arc<dyn ColumnValues<u64>>,
    agent_type: Arc<dyn ColumnValues<u64>>,
    capabilities: Option<Column<u64>>,
    until: [Arc<dyn ColumnValues<i64>>; 3],
    names: Option<StrColumn>,
}

/// Sorts the largest first.
fn descending(value: i64) -> u64 {
    !tantivy::i64_to_u64(value)
}

impl<'a> Columns<'a> {
    pub(super) fn open(segment: &'a SegmentReader, question: &'a Question) -> Result<Self, IndexError> {
        let fast = segment.fast_fields();
        let unsigned = |name| fast.column_first_or_default::<u64>(name);
        let signed = |name| fast.column_first_or_default::<i64>(name);
        let [domain, key, repository] = UNTIL;
        Ok(Self {
            id_high: unsigned("id_high")?,
            id_low: unsigned("id_low")?,
            published: signed("published")?,
            updated: signed("updated")?,
            length: unsigned("length")?,
            publisher: unsigned("publisher_number")?,
            agent_type: unsigned("type_number")?,
            capabilities: fast.column_opt("capabilities")?,
            until: [signed(domain)?, signed(key)?, signed(repository)?],
            names: if question.sort == Sort::Name { fast.str("key")? } else { None },
            segment,
            question,
        })
    }

    /// The first `wanted` of those that are found and allowed and stand behind the cursor. All that are found and
    /// allowed are counted.
    pub(super) fn hits(
        &self,
        scores: Option<&[u32]>,
        allowed: &[Vec<bool>],
        now: i64,
        wanted: usize,
        counts: &mut Counts,
    ) -> Result<Vec<Hit>, IndexError> {
        let start = self.start()?;
        let alive = self.segment.alive_bitset();
        let mut keys: Vec<Key> = Vec::new();
        for doc in 0..self.segment.max_doc() {
            let place = doc as usize;
            let score = scores.map_or(1, |scores| scores[place]);
            if score == 0
                || !allowed.iter().all(|passes| passes[place])
                || alive.is_some_and(|alive| alive.is_deleted(doc))
                || !self.passes(doc, now)
            {
                continue;
            }
            self.count(doc, now, counts);
            let key = (
                self.rank(doc, score),
                u128::from(self.id_high.get_val(doc)) << 64 | u128::from(self.id_low.get_val(doc)),
            );
            if start.is_none_or(|start| key > start) {
                keys.push(key);
                // What can't stand on the page any more goes now and then, so that little is held.
                if keys.len() >= 4 * wanted.max(1024) {
                    first(&mut keys, wanted);
                }
            }
        }
        first(&mut keys, wanted);
        keys.into_iter().map(|key| self.hit(key)).collect()
    }

    /// Filters by time.
    fn passes(&self, doc: u32, now: i64) -> bool {
        let question = self.question;
        question.updated_since.is_none_or(|since| self.updated.get_val(doc) >= since)
            && (question.checked.is_empty() || question.checked.iter().any(|kind| self.until[*kind].get_val(doc) > now))
    }

    fn count(&self, doc: u32, now: i64, counts: &mut Counts) {
        counts.total += 1;
        for facet in &self.question.facets {
            match facet {
                Facet::Capability => {
                    for number in self.capabilities.iter().flat_map(|column| column.values_for_doc(doc)) {
                        bump(&mut counts.capabilities, number);
                    }
                }
                Facet::Publisher => bump(&mut counts.publishers, self.publisher.get_val(doc)),
                Facet::AgentType => bump(&mut counts.types, self.agent_type.get_val(doc)),
                Facet::Checked => {
                    for (count, until) in counts.checked.iter_mut().zip(&self.until) {
                        *count += u32::from(until.get_val(doc) > now);
                    }
                }
            }
        }
    }

    /// What a document is sorted by, the smallest first.
    fn rank(&self, doc: u32, score: u32) -> u64 {
        match self.question.sort {
            // Of two that are found alike, the shorter name is nearer to what was typed.
            Sort::Relevance => !(u64::from(score) << 8 | (255 - self.length.get_val(doc).min(255))),
            Sort::Recent => descending(self.published.get_val(doc)),
            Sort::Updated => descending(self.updated.get_val(doc)),
            Sort::Name => self.names.as_ref().and_then(|names| names.ords().first(doc)).unwrap_or(u64::MAX),
        }
    }

    /// The key behind which the page begins, as this segment has it.
    fn start(&self) -> Result<Option<Key>, IndexError> {
        let Place::After(cursor) = &self.question.place else { return Ok(None) };
        let id = cursor.id.as_u128();
        let Some(names) = &self.names else { return Ok(Some((cursor.rank, id))) };
        Ok(match names.dictionary().term_ord_or_next(&cursor.name)? {
            TermOrdHit::Exact(at) => Some((at, id)),
            // Nothing here has that name: what comes next begins the page, whatever its identifier.
            TermOrdHit::Next(at) => at.checked_sub(1).map(|before| (before, u128::MAX)),
        })
    }

    fn hit(&self, (rank, id): Key) -> Result<Hit, IndexError> {
        let mut name = String::new();
        let Some(names) = &self.names else { return Ok(Hit { rank, name, id }) };
        names.ord_to_str(rank, &mut name)?;
        Ok(Hit { rank: 0, name, id })
    }
}

fn first(keys: &mut Vec<Key>, wanted: usize) {
    if keys.len() > wanted {
        keys.select_nth_unstable(wanted);
        keys.truncate(wanted);
    }
}

fn bump(counts: &mut [u32], number: u64) {
    if let Some(count) = usize::try_from(number).ok().and_then(|number| counts.get_mut(number)) {
        *count += 1;
    }
}
