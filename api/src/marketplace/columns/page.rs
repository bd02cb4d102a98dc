//! The page of a query: selected documents in their order, from a cursor.

use super::{Columns, Key, ORDERS, narrow};
use crate::marketplace::bits::Bits;
use crate::marketplace::query::{MarketplaceQuery, PageStart, Sort};

/// Candidate for the page. Sorted by its fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::marketplace) struct Hit<'a> {
    pub(in crate::marketplace) rank: u64,
    pub(in crate::marketplace) name: &'a str,
    pub(in crate::marketplace) id: u128,
}

/// Maps a value so that larger ones sort first.
fn descending(value: i64) -> u64 {
    !tantivy::i64_to_u64(value)
}

impl Columns {
    /// Returns the first `wanted` selected documents after the cursor.
    pub(in crate::marketplace) fn first(
        &self,
        query: &MarketplaceQuery,
        scores: Option<&[u32]>,
        selected: &Bits,
        wanted: usize,
    ) -> impl Iterator<Item = Hit<'_>> {
        let start = self.start(query);
        let sort = query.sort;
        let found = selected.count();
        let order = ORDERS.iter().position(|order| *order == sort).map(|at| &self.orders[at]);
        let keys = match order {
            // Sparse selection: sorting it is cheaper than walking the precomputed order.
            Some(order) if found.saturating_mul(found) > wanted.saturating_mul(order.len()) => {
                let key = |doc: u32| (self.rank(sort, doc, 0), self.ids[doc as usize]);
                let from = start.map_or(0, |start| order.partition_point(|doc| key(*doc) <= start));
                let docs = order[from..].iter().filter(|doc| selected.has(**doc as usize));
                docs.take(wanted).map(|doc| key(*doc)).collect()
            }
            _ => {
                let rank = |doc: usize| self.rank(sort, narrow(doc as u64), scores.map_or(1, |scores| scores[doc]));
                self.least(selected, start, wanted, rank)
            }
        };
        keys.into_iter().map(move |key| self.hit(sort, key))
    }

    /// Returns the smallest keys after a start.
    fn least(&self, selected: &Bits, start: Option<Key>, wanted: usize, rank: impl Fn(usize) -> u64) -> Vec<Key> {
        let max_keys = 2 * wanted + 512;
        let mut keys: Vec<Key> = Vec::with_capacity(max_keys.min(self.ids.len()));
        // Larger keys can't be on the page any more.
        let mut worst = (u64::MAX, u128::MAX);
        for doc in selected.each() {
            let rank = rank(doc);
            if rank > worst.0 {
                continue;
            }
            let key = (rank, self.ids[doc]);
            if key < worst && start.is_none_or(|start| key > start) {
                keys.push(key);
                if keys.len() == max_keys {
                    worst = shorten(&mut keys, wanted).unwrap_or(worst);
                }
            }
        }
        shorten(&mut keys, wanted);
        keys
    }

    /// Returns the rank of a document, smallest first.
    pub(super) fn rank(&self, sort: Sort, doc: u32, score: u32) -> u64 {
        let doc = doc as usize;
        match sort {
            // Among equal scores, the shorter name is closer to the text.
            Sort::Relevance => !(u64::from(score) << 8 | u64::from(255 - self.lengths[doc])),
            Sort::Recent => descending(self.published[doc]),
            Sort::Updated => descending(self.updated[doc]),
            Sort::Name => u64::from(self.name_places[doc]),
        }
    }

    /// Converts the cursor to a key of this segment.
    fn start(&self, query: &MarketplaceQuery) -> Option<Key> {
        let PageStart::After(cursor) = &query.place else { return None };
        let id = cursor.id.as_u128();
        if query.sort != Sort::Name {
            return Some((cursor.rank, id));
        }
        match self.names.binary_search_by(|name| (**name).cmp(&cursor.name)) {
            Ok(at) => Some((at as u64, id)),
            // The segment lacks this name: the page starts with the next one, whatever its ID.
            Err(at) => at.checked_sub(1).map(|before| (before as u64, u128::MAX)),
        }
    }

    fn hit(&self, sort: Sort, (rank, id): Key) -> Hit<'_> {
        let place = usize::try_from(rank).ok().filter(|_| sort == Sort::Name);
        match place.and_then(|place| self.names.get(place)) {
            Some(name) => Hit { rank: 0, name, id },
            None => Hit { rank, name: "", id },
        }
    }
}

/// Keeps the smallest keys. Returns the largest kept one if any were dropped.
fn shorten(keys: &mut Vec<Key>, wanted: usize) -> Option<Key> {
    if keys.len() <= wanted {
        return None;
    }
    let last = wanted.checked_sub(1)?;
    let worst = *keys.select_nth_unstable(last).1;
    keys.truncate(wanted);
    Some(worst)
}
