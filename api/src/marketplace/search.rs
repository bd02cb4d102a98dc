//! Search, segment by segment: filter, count, sort, paginate.
//!
//! Works on numeric columns with precomputed counts and orders, so a query that matches nearly everything costs little
//! more than one that matches few. Names are compared only when sorting by name, and only for candidates of the page.

use std::sync::PoisonError;

use domain::agent::{AgentType, TextForm as _};
use tantivy::SegmentReader;
use uuid::Uuid;

use super::bits::Bits;
use super::counts::Counts;
use super::cursor::Cursor;
use super::error::IndexError;
use super::index::Index;
use super::matching::{self, Matches, SearchText};
use super::query::{MarketplaceQuery, PageStart, SearchResult};

impl Index {
    /// Runs a query at a time, in milliseconds since 1970. Blocks.
    pub fn search(&self, query: &MarketplaceQuery, now: i64) -> Result<SearchResult, IndexError> {
        let view = self.view();
        let mut search_text = SearchText::new(&query.text);
        if let Some(search_text) = &mut search_text {
            search_text.find_exact_name(view.searcher.segment_readers(), &self.fields)?;
        }
        let (skipped, before) = match &query.place {
            PageStart::Offset(offset) => (*offset as usize, *offset),
            PageStart::After(cursor) => (0, cursor.offset),
        };
        // One more than the page shows whether there is another.
        let wanted = skipped + query.limit as usize + 1;
        let mut counts = self.no_counts();
        let mut hits = Vec::new();
        let mut approximate = search_text.is_some();
        for (segment, part) in view.searcher.segment_readers().iter().zip(&view.parts) {
            let matches = match &search_text {
                Some(search_text) => Some(search_text.matches(segment, &self.fields)?),
                None => None,
            };
            let mut selected = part.alive.clone();
            if let Some(Matches { scores, .. }) = &matches {
                selected.intersect(&Bits::from_fn(scores.len(), |doc| scores[doc] > 0));
            }
            self.narrow(segment, query, &mut selected)?;
            part.columns.narrow(query, now, &mut selected);
            approximate &= matches.as_ref().is_none_or(|matches| !selected.intersects(&matches.typed));
            part.columns.count(query, now, &selected, &mut counts);
            let scores = matches.as_ref().map(|matches| matches.scores.as_slice());
            hits.extend(part.columns.first(query, scores, &selected, wanted));
        }
        let is_more = hits.len() >= wanted;
        let page = cut(&mut hits, skipped, query.limit as usize);
        let next = page.last().filter(|_| is_more).map(|last| Cursor {
            offset: before.saturating_add(query.limit),
            rank: last.rank,
            name: last.name.to_owned(),
            id: Uuid::from_u128(last.id),
        });
        let ids = page.iter().map(|hit| Uuid::from_u128(hit.id)).collect();
        let labels = self.labels.read().unwrap_or_else(PoisonError::into_inner);
        let facets = query.facets.iter().map(|facet| (*facet, counts.values(*facet, &labels))).collect();
        let approximate = approximate && counts.total > 0;
        Ok(SearchResult { ids, total: counts.total, offset: before, next, approximate, facets })
    }

    /// Creates zero counts for all labels.
    fn no_counts(&self) -> Counts {
        let labels = self.labels.read().unwrap_or_else(PoisonError::into_inner);
        Counts {
            capabilities: vec![0; labels.capabilities.texts.len()],
            publishers: vec![0; labels.publisher_names.len()],
            types: vec![0; AgentType::TEXTS.len() + 1],
            ..Counts::default()
        }
    }

    /// Filters by terms.
    fn narrow(&self, segment: &SegmentReader, query: &MarketplaceQuery, selected: &mut Bits) -> Result<(), IndexError> {
        let fields = &self.fields;
        let mut keep = |field, any: &[&str]| {
            let terms = segment.inverted_index(field)?;
            let mut passing = Bits::none(segment.max_doc() as usize);
            for text in any {
                if let Some(info) = terms.terms().get(text)? {
                    matching::each(&terms, &info, |doc| passing.set(doc))?;
                }
            }
            selected.intersect(&passing);
            Ok::<_, IndexError>(())
        };
        for group in &query.capabilities {
            keep(fields.capability, &group.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        if let Some(publisher) = &query.publisher {
            keep(fields.publisher, &[publisher])?;
        }
        if let Some(agent_type) = query.agent_type {
            keep(fields.agent_type, &[agent_type.as_str()])?;
        }
        Ok(())
    }
}

/// Returns a sorted part of a list without sorting the rest.
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
