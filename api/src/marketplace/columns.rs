//! Columns of one segment in memory, and passes over them.
//!
//! Loaded once per segment: segments are immutable except for deletions, which the `alive` bit set tracks.

mod page;

use domain::agent::{AgentType, TextForm as _};
use tantivy::SegmentReader;

use super::bits::Bits;
use super::counts::Counts;
use super::error::IndexError;
use super::fields::EXPIRY_COLUMNS;
use super::query::{Facet, MarketplaceQuery, Sort};

/// Sort key of a document in this segment, then its ID.
type Key = (u64, u128);

/// Sort orders that don't depend on the text.
const ORDERS: [Sort; 3] = [Sort::Recent, Sort::Name, Sort::Updated];

pub(super) struct Columns {
    ids: Vec<u128>,
    published: Vec<i64>,
    updated: Vec<i64>,
    lengths: Vec<u8>,
    publishers: Vec<u32>,
    types: Vec<u8>,
    /// Start of each document's capabilities, and the end of the last.
    starts: Vec<u32>,
    capabilities: Vec<u32>,
    /// For each kind of claim: documents with one and its expiry.
    checked: [Vec<(u32, i64)>; 3],
    /// Distinct names, sorted.
    names: Vec<Box<str>>,
    /// Index of each document's name in `names`.
    name_places: Vec<u32>,
    /// Documents in each of [`ORDERS`].
    orders: [Vec<u32>; 3],
    /// Counts over all documents, including deleted ones.
    totals: Counts,
}

impl Columns {
    pub(super) fn load(segment: &SegmentReader) -> Result<Self, IndexError> {
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
            Ok(docs().zip(signed(EXPIRY_COLUMNS[kind])?).filter(|(_, until)| *until > 0).collect())
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
        let count = |numbers: &[u32]| numbers.iter().max().map_or(0, |max| *max as usize + 1);
        let mut totals = Counts {
            capabilities: vec![0; count(&self.capabilities)],
            publishers: vec![0; count(&self.publishers)],
            types: vec![0; AgentType::TEXTS.len() + 1],
            ..Counts::default()
        };
        for doc in 0..self.ids.len() {
            for facet in [Facet::Capability, Facet::Publisher, Facet::AgentType] {
                self.count_one(facet, doc, &mut totals, |count| *count += 1);
            }
        }
        totals
    }

    /// Filters by claims and time of update.
    pub(super) fn narrow(&self, query: &MarketplaceQuery, now: i64, selected: &mut Bits) {
        if let Some(since) = query.updated_since {
            selected.intersect(&Bits::from_fn(self.updated.len(), |doc| self.updated[doc] >= since));
        }
        for group in &query.checked {
            let mut any = Bits::none(self.ids.len());
            for kind in group {
                for (doc, _) in self.checked[*kind].iter().filter(|(_, until)| *until > now) {
                    any.set(*doc as usize);
                }
            }
            selected.intersect(&any);
        }
    }

    /// Counts the selected documents; if they are the majority, subtracts the others from the totals.
    pub(super) fn count(&self, query: &MarketplaceQuery, now: i64, selected: &Bits, counts: &mut Counts) {
        let found = selected.count();
        counts.total += found as u64;
        let is_most = found > self.ids.len() / 2;
        for facet in &query.facets {
            if *facet == Facet::Checked {
                for (count, checked) in counts.checked.iter_mut().zip(&self.checked) {
                    let valid = checked.iter().filter(|(doc, until)| *until > now && selected.has(*doc as usize));
                    *count += narrow::<u32>(valid.count() as u64);
                }
            } else if is_most {
                for (count, total) in counts.of(*facet).iter_mut().zip(self.totals.those_of(*facet)) {
                    *count += total;
                }
                for doc in selected.complement() {
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
}

/// Narrows a number, saturating.
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
