//! A cached response of the API with its rendered variants.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use client::types::Card;
use client::{AgentId, ETag, Timestamp};
use site::SiteSnapshot;
use site::marketplace::{Format, MarketplaceData};
use site::response::PreparedResponse;
use site::response::negotiate::Encoding;

/// Lifetime of a fresh response.
pub(super) const FRESH: Duration = Duration::from_mins(1);
/// Age up to which a response is served while a new one is fetched in the background.
pub(super) const REVALIDATED: Duration = Duration::from_mins(6);
/// Age up to which a response is served if no new one can be fetched.
pub(super) const MAX_STALE: Duration = Duration::from_hours(24);

/// Freshness of a cached response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    /// Served as is.
    Fresh,
    /// Served while a new one is fetched.
    Revalidating,
    /// Served only if no new one can be fetched.
    Stale,
    /// Not served.
    Expired,
}

/// Formats, each in three encodings, fresh and stale.
const VARIANTS: usize = Format::ALL.len() * 3 * 2;

/// A rendered variant of a response.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variant {
    pub(super) format: Format,
    pub(super) encoding: Encoding,
    /// True for the variant with a notice of stale data.
    pub(super) is_stale: bool,
}

impl Variant {
    fn index(self) -> usize {
        let format = Format::ALL.iter().position(|known| *known == self.format).unwrap_or_default();
        let encoding = match self.encoding {
            Encoding::Identity => 0,
            Encoding::Gzip => 1,
            Encoding::Brotli => 2,
        };
        (format * 3 + encoding) * 2 + usize::from(self.is_stale)
    }
}

/// A cached response.
#[derive(Debug)]
pub struct CachedResponse {
    /// The data of the API.
    pub data: MarketplaceData,
    /// The API's entity tag.
    pub(super) etag: Option<ETag>,
    /// IDs of the agents in the data.
    pub(super) agent_ids: HashSet<AgentId>,
    /// Time of the fetch, for notices.
    pub fetched_at: Timestamp,
    /// Milliseconds between `created` and its last confirmation by the API.
    confirmed: AtomicU64,
    created: Instant,
    /// Number of marketplace changes that the response includes.
    changes: AtomicU64,
    /// True after a failed attempt to fetch a new one.
    pub(super) is_failing: AtomicBool,
    /// The rendered variants.
    variants: [ArcSwapOption<Rendered>; VARIANTS],
}

/// A variant rendered for one state of the site.
#[derive(Debug)]
struct Rendered {
    frame_hash: u64,
    response: Arc<PreparedResponse>,
}

impl CachedResponse {
    pub(super) fn new(data: MarketplaceData, etag: Option<ETag>, changes: u64) -> Self {
        Self {
            agent_ids: agent_ids(&data),
            data,
            etag,
            fetched_at: Timestamp::now(),
            confirmed: AtomicU64::new(0),
            created: Instant::now(),
            changes: AtomicU64::new(changes),
            is_failing: AtomicBool::new(false),
            variants: Default::default(),
        }
    }

    /// Records that the API confirmed the response.
    pub(super) fn confirm(&self, changes: u64) {
        self.confirmed.store(u64::try_from(self.created.elapsed().as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.changes.store(changes, Ordering::Relaxed);
        self.is_failing.store(false, Ordering::Relaxed);
    }

    /// The freshness after `changes` in all. A list is stale after any change.
    pub(super) fn freshness(&self, changes: u64) -> Freshness {
        let confirmed = Duration::from_millis(self.confirmed.load(Ordering::Relaxed));
        let age = self.created.elapsed().saturating_sub(confirmed);
        if age > MAX_STALE {
            Freshness::Expired
        } else if age > REVALIDATED || self.changes.load(Ordering::Relaxed) < changes {
            Freshness::Stale
        } else if age > FRESH {
            Freshness::Revalidating
        } else {
            Freshness::Fresh
        }
    }

    /// A variant, if rendered for this state of the site.
    pub(super) fn rendered(&self, variant: Variant, snapshot: &SiteSnapshot) -> Option<Arc<PreparedResponse>> {
        let rendered = self.variants[variant.index()].load();
        let rendered = rendered.as_ref().filter(|rendered| rendered.frame_hash == snapshot.frame_hash())?;
        Some(Arc::clone(&rendered.response))
    }

    /// Stores a rendered variant.
    pub(super) fn store(&self, variant: Variant, snapshot: &SiteSnapshot, response: Arc<PreparedResponse>) {
        let rendered = Rendered { frame_hash: snapshot.frame_hash(), response };
        self.variants[variant.index()].store(Some(Arc::new(rendered)));
    }

    /// The approximate size with all variants, in bytes: a list's variants take four times the size of its cards, an agent's
    /// ten times.
    pub(super) fn weight(&self) -> u32 {
        let card = |card: &Card| 600 + card.name.len() + card.description.len() + 24 * card.capabilities.len();
        let cards = |cards: &[Card]| cards.iter().map(card).sum::<usize>();
        let bytes = match &self.data {
            MarketplaceData::List(list) => 4_000 + 4 * cards(&list.page.data),
            MarketplaceData::Publisher(publisher) => 4_000 + 4 * cards(&publisher.page.data),
            MarketplaceData::Agent(agent) => 30_000 + 10 * card(&agent.detail.card) + 4 * cards(&agent.related),
            MarketplaceData::Check(check) => 20_000 + 10 * card(&check.detail.card),
            MarketplaceData::Moved(_) | MarketplaceData::Gone(_) | MarketplaceData::Missing | MarketplaceData::Off => {
                2_000
            }
        };
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

fn agent_ids(data: &MarketplaceData) -> HashSet<AgentId> {
    let of = |cards: &[Card]| cards.iter().map(|card| card.agent_id).collect::<HashSet<_>>();
    match data {
        MarketplaceData::List(list) => of(&list.page.data),
        MarketplaceData::Publisher(publisher) => of(&publisher.page.data),
        MarketplaceData::Agent(agent) => {
            let mut ids = of(&agent.related);
            ids.insert(agent.detail.card.agent_id);
            ids
        }
        MarketplaceData::Check(check) => HashSet::from([check.detail.card.agent_id]),
        MarketplaceData::Moved(_) | MarketplaceData::Gone(_) | MarketplaceData::Missing | MarketplaceData::Off => {
            HashSet::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_stale_after_a_change_and_fresh_after_confirmation() {
        let cached = CachedResponse::new(MarketplaceData::Missing, None, 3);
        assert_eq!(cached.freshness(3), Freshness::Fresh);
        assert_eq!(cached.freshness(4), Freshness::Stale);
        cached.confirm(4);
        assert_eq!(cached.freshness(4), Freshness::Fresh);
    }
}
