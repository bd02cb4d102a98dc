//! The columns of one segment in plain memory, and the passes over them.
//!
//! They are read once, when a segment appears: what is in one never changes, but for agents that are taken out, which
//! `Bits` of the living tell.

use domain::agent::{AgentType, Word as _};
use tantivy::SegmentReader;

use super::bits::Bits;
use super::counts::Counts;
use super::error::IndexError;
use super::fields::UNTIL;
use super::query::{Facet, Place, Question, Sort};

/// What a document is sorted by, in this segment; then its identifier.
type Key = (u64, u128);

/// Something on its way to the page. The order of the fields is the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit<'a> {
    pub(super) rank: u64,
    pub(super) name: &'a str,
    pub(super) id: u128,
}

/// Orders that depend on no text.
const ORDERS: [Sort; 3] = [Sort::Recent, Sort::Name, Sort::Updated];

pub(super) struct Columns {
    ids: Vec<u128>,
    published: Vec<i64>,
    updated: Vec<i64>,
    lengths: Vec<u8>,
    publishers: Vec<u32>,
    types: Vec<u8>,
    /// Where the capabilities of each document begin, and behind the last where they end.
    starts: Vec<u32>,
    capabilities: Vec<u32>,
    /// For each kind of claim, who has one and until when.
    checked: [Vec<(u32, i64)>; 3],
    /// Names by the alphabet, each once.
    names: Vec<Box<str>>,
    /// Where each document's name stands there.
    name_places: Vec<u32>,
    /// Documents in each of [`ORDERS`].
    orders: [Vec<u32>; 3],
    /// The counts of all documents together, the dead with them.
    totals: Counts,
}

/// Sorts the largest first.
fn descending(value: i64) -> u64 {
    !tantivy::i64_to_u64(value)
}

impl Columns {
    pub(super) fn read(segment: &SegmentReader) -> Result<Self, IndexError> {
        let fast = segment.fast_fields();
        let docs = || 0..segment.max_doc();
        let unsigned = |name: &str| -> Result<Vec<u64>, IndexError> {
            let column = fast.column_first_or_default::<u64>(name)?;
            Ok(docs().map(|doc| column.get_val(doc)).collect())
        };
        let signed = |name: &str| -> Result<Vec<i64>, IndexError> {
            let column = fast.column_first_or_default::<i64>(name)?;
            Ok(docs().map(|doc| column.get_val(doc)).collect())
        };
        let small = |numbers: Vec<u64>| numbers.into_iter().map(narrow).collect::<Vec<u32>>();
        let high = unsigned("id_high")?;
        let ids = high.into_iter().zip(unsigned("id_low")?);
        let until = |kind: usize| -> Result<Vec<(u32, i64)>, IndexError> {
            Ok(docs().zip(signed(UNTIL[kind])?).filter(|(_, until)| *until > 0).collect())
        };
        let column = fast.str("key")?;
        let place = |doc| column.as_ref().and_then(|names| names.ords().first(doc)).map_or(0, narrow);
        let name_places = docs().map(place).collect();
        let mut names: Vec<Box<str>> = Vec::new();
        if let Some(column) = &column {
            let mut all = column.dictionary().stream()?;
            while all.advance() {
                names.push(String::from_utf8_lossy(all.key()).into());
            }
        }
        let (mut starts, mut capabilities) = (vec![0], Vec::new());
        let column = fast.column_opt::<u64>("capabilities")?;
        for doc in docs() {
            capabilities.extend(column.iter().flat_map(|column| column.values_for_doc(doc)).map(narrow::<u32>));
            starts.push(narrow(capabilities.len() as u64));
        }
        let mut columns = Self {
            ids: ids.map(|(high, low)| u128::from(high) << 64 | u128::from(low)).collect(),
            published: signed("published")?,
            updated: signed("updated")?,
            lengths: unsigned("length")?.into_iter().map(narrow).collect(),
            publishers: small(unsigned("publisher_number")?),
            types: unsigned("type_number")?.into_iter().map(narrow).collect(),
            starts,
            capabilities,
            checked: [until(0)?, until(1)?, until(2)?],
            names,
            name_places,
            orders: Default::default(),
            totals: Counts::default(),
        };
        columns.orders = ORDERS.map(|sort| columns.ordered(sort));
        columns.totals = columns.total();
        Ok(columns)
    }

    fn ordered(&self, sort: Sort) -> Vec<u32> {
        let mut docs: Vec<u32> = (0..narrow(self.ids.len() as u64)).collect();
        docs.sort_unstable_by_key(|doc| (self.rank(sort, *doc, 0), self.ids[*doc as usize]));
        docs
    }

    fn total(&self) -> Counts {
        let most = |numbers: &[u32]| numbers.iter().max().map_or(0, |most| *most as usize + 1);
        let mut totals = Counts {
            capabilities: vec![0; most(&self.capabilities)],
            publishers: vec![0; most(&self.publishers)],
            types: vec![0; AgentType::WORDS.len() + 1],
            ..Counts::default()
        };
        for doc in 0..self.ids.len() {
            for facet in [Facet::Capability, Facet::Publisher, Facet::AgentType] {
                self.count_one(facet, doc, &mut totals, |count| *count += 1);
            }
        }
        totals
    }

    /// Filters by time.
    pub(super) fn narrow(&self, question: &Question, now: i64, selected: &mut Bits) {
        if let Some(since) = question.updated_since {
            selected.keep(&Bits::of(self.updated.len(), |doc| self.updated[doc] >= since));
        }
        for group in &question.checked {
            let mut any = Bits::none(self.ids.len());
            for kind in group {
                for (doc, _) in self.checked[*kind].iter().filter(|(_, until)| *until > now) {
                    any.set(*doc as usize);
                }
            }
            selected.keep(&any);
        }
    }

    /// Counts what is selected. Where that is most of the segment, what is not is taken from all.
    pub(super) fn count(&self, question: &Question, now: i64, selected: &Bits, counts: &mut Counts) {
        let found = selected.count();
        counts.total += found as u64;
        let is_most = found > self.ids.len() / 2;
        for facet in &question.facets {
            if *facet == Facet::Checked {
                for (count, checked) in counts.checked.iter_mut().zip(&self.checked) {
                    let valid = checked.iter().filter(|(doc, until)| *until > now && selected.has(*doc as usize));
                    *count += narrow::<u32>(valid.count() as u64);
                }
            } else if is_most {
                for (count, total) in counts.of(*facet).iter_mut().zip(self.totals.those_of(*facet)) {
                    *count += total;
                }
                for doc in selected.others() {
                    self.count_one(*facet, doc, counts, |count| *count -= 1);
                }
            } else {
                for doc in selected.each() {
                    self.count_one(*facet, doc, counts, |count| *count += 1);
                }
            }
        }
    }

    fn count_one(&self, facet: Facet, doc: usize, counts: &mut Counts, change: impl Fn(&mut u32)) {
        match facet {
            Facet::Capability => {
                for number in &self.capabilities[self.starts[doc] as usize..self.starts[doc + 1] as usize] {
                    counts.capabilities.get_mut(*number as usize).map(&change);
                }
            }
            Facet::Publisher => {
                counts.publishers.get_mut(self.publishers[doc] as usize).map(&change);
            }
            Facet::AgentType => {
                counts.types.get_mut(usize::from(self.types[doc])).map(&change);
            }
            Facet::Checked => {}
        }
    }

    /// The first `wanted` of what is selected and stands behind the cursor.
    pub(super) fn first(
        &self,
        question: &Question,
        scores: Option<&[u32]>,
        selected: &Bits,
        wanted: usize,
    ) -> impl Iterator<Item = Hit<'_>> {
        let start = self.start(question);
        let sort = question.sort;
        let found = selected.count();
        let order = ORDERS.iter().position(|order| *order == sort).map(|at| &self.orders[at]);
        let keys = match order {
            // The order has to be walked along for so long that looking at what is selected alone takes longer.
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

    /// The least keys behind a start.
    fn least(&self, selected: &Bits, start: Option<Key>, wanted: usize, rank: impl Fn(usize) -> u64) -> Vec<Key> {
        let most = 2 * wanted + 512;
        let mut keys: Vec<Key> = Vec::with_capacity(most.min(self.ids.len()));
        // What is not less can't stand on the page any more.
        let mut worst = (u64::MAX, u128::MAX);
        for doc in selected.each() {
            let rank = rank(doc);
            if rank > worst.0 {
                continue;
            }
            let key = (rank, self.ids[doc]);
            if key < worst && start.is_none_or(|start| key > start) {
                keys.push(key);
                if keys.len() == most {
                    worst = shorten(&mut keys, wanted).unwrap_or(worst);
                }
            }
        }
        shorten(&mut keys, wanted);
        keys
    }

    /// What a document is sorted by, the smallest first.
    fn rank(&self, sort: Sort, doc: u32, score: u32) -> u64 {
        let doc = doc as usize;
        match sort {
            // Of two that are found alike, the shorter name is nearer to what was typed.
            Sort::Relevance => !(u64::from(score) << 8 | u64::from(255 - self.lengths[doc])),
            Sort::Recent => descending(self.published[doc]),
            Sort::Updated => descending(self.updated[doc]),
            Sort::Name => u64::from(self.name_places[doc]),
        }
    }

    /// The key behind which the page begins, as this segment has it.
    fn start(&self, question: &Question) -> Option<Key> {
        let Place::After(cursor) = &question.place else { return None };
        let id = cursor.id.as_u128();
        if question.sort != Sort::Name {
            return Some((cursor.rank, id));
        }
        match self.names.binary_search_by(|name| (**name).cmp(&cursor.name)) {
            Ok(at) => Some((at as u64, id)),
            // Nothing here has that name: what comes next begins the page, whatever its identifier.
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

/// Keeps the least. The largest of them, if there were more.
fn shorten(keys: &mut Vec<Key>, wanted: usize) -> Option<Key> {
    if keys.len() <= wanted {
        return None;
    }
    let last = wanted.checked_sub(1)?;
    let worst = *keys.select_nth_unstable(last).1;
    keys.truncate(wanted);
    Some(worst)
}

/// A number that is never so large as not to fit, or where larger ones are all alike.
fn narrow<T: TryFrom<u64> + Bounded>(number: u64) -> T {
    T::try_from(number).unwrap_or(T::MOST)
}

trait Bounded {
    const MOST: Self;
}

impl Bounded for u8 {
    const MOST: Self = Self::MAX;
}

impl Bounded for u32 {
    const MOST: Self = Self::MAX;
}
