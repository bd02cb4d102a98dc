//! Verified publishers whose names may be confused with others.
//!
//! Cached in memory: a page view compares names without reading the database.

use std::collections::HashMap;
use std::sync::Arc;

use domain::look_alike::{Key, Likeness, PublicName, likeness};
use store::marketplace::{PublishedAgent, VerifiedDomain, list_verified_domains};

use super::market::Market;
use crate::error::ApiError;
use crate::registry::Registry;

/// Lifetime of the cache, in milliseconds.
const CACHE_TTL_MS: i64 = 60_000;
/// Minimum interval between reads, however much is published meanwhile, in milliseconds.
const MIN_INTERVAL_MS: i64 = 1_000;
/// Maximum number of publishers returned for an agent.
const MAX_LOOK_ALIKES: usize = 5;

/// Verified publisher with a name confusable with that of an agent or its publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
    /// Verified domain.
    pub domain: String,
}

/// Publisher with a verified domain.
struct VerifiedPublisher {
    organization_id: String,
    key: Key,
    slug: String,
    display_name: String,
    /// Domains with the expiry of their claims, in milliseconds since 1970; those of the organization come first.
    domains: Vec<(String, i64)>,
}

/// Cached publishers.
pub(super) struct CachedPublishers {
    /// Time of the read, in milliseconds since 1970.
    at: i64,
    /// Sequence number of the last outbox entry at the time.
    seen: i64,
    publishers: Arc<[VerifiedPublisher]>,
}

impl CachedPublishers {
    /// Returns true if the cache is current. Changes without an outbox entry, such as the expiry of a claim of a
    /// publisher without agents, appear when the cache expires.
    fn is_current(&self, seen: i64, now: i64) -> bool {
        let age = now - self.at;
        (0..MIN_INTERVAL_MS).contains(&age) || self.seen == seen && (0..CACHE_TTL_MS).contains(&age)
    }
}

impl VerifiedPublisher {
    /// Returns a domain that is verified at a time, in milliseconds since 1970.
    fn domain(&self, now: i64) -> Option<&str> {
        self.domains.iter().find(|(_, until)| *until > now).map(|(domain, _)| domain.as_str())
    }
}

/// Finds other verified publishers with names confusable with the agent's or its publisher's, closest first, at most 5.
/// `domain::look_alike` defines confusable.
pub async fn look_alikes(
    registry: &Registry,
    market: &Market,
    listed: &PublishedAgent,
) -> Result<Vec<LookAlike>, ApiError> {
    let publishers = publishers(registry, market).await?;
    Ok(find_among(&publishers, listed, registry.now_ms()))
}

fn find_among(publishers: &[VerifiedPublisher], listed: &PublishedAgent, now: i64) -> Vec<LookAlike> {
    let is_own = |one: &&VerifiedPublisher| one.organization_id == listed.organization.id;
    let is_verified = publishers.iter().find(is_own).is_some_and(|own| own.domain(now).is_some());
    let names = [PublicName::new(&listed.agent.name), PublicName::new(listed.publisher_name())];
    let mut found: Vec<(Likeness, &str, &str, &VerifiedPublisher)> = Vec::new();
    for one in publishers.iter().filter(|one| !is_own(one)) {
        let nearest = names.iter().filter_map(|name| likeness(name, &one.key, is_verified)).min();
        if let (Some(nearest), Some(domain)) = (nearest, one.domain(now)) {
            found.push((nearest, &one.slug, domain, one));
        }
    }
    found.sort_unstable_by_key(|(nearest, slug, ..)| (*nearest, *slug));
    found.truncate(MAX_LOOK_ALIKES);
    let look_alike = |(_, slug, domain, one): (Likeness, &str, &str, &VerifiedPublisher)| LookAlike {
        slug: slug.to_owned(),
        display_name: one.display_name.clone(),
        domain: domain.to_owned(),
    };
    found.into_iter().map(look_alike).collect()
}

/// Returns all publishers, at most a minute old, or a second if the marketplace has changed. Concurrent callers share
/// one read.
async fn publishers(registry: &Registry, market: &Market) -> Result<Arc<[VerifiedPublisher]>, ApiError> {
    let mut cached = market.verified_publishers.lock().await;
    // Read before the rows: changes meanwhile cause another read.
    let (seen, now) = (market.seen(), registry.now_ms());
    if let Some(cached) = cached.as_ref().filter(|cached| cached.is_current(seen, now)) {
        return Ok(Arc::clone(&cached.publishers));
    }
    let publishers: Arc<[VerifiedPublisher]> =
        group_by_publisher(list_verified_domains(&registry.store, now).await?).into();
    *cached = Some(CachedPublishers { at: now, seen, publishers: Arc::clone(&publishers) });
    Ok(publishers)
}

fn group_by_publisher(mut domains_by_claim: Vec<VerifiedDomain>) -> Vec<VerifiedPublisher> {
    domains_by_claim.sort_by_key(|verified| verified.agent_id.is_some());
    let mut publishers: HashMap<String, VerifiedPublisher> = HashMap::new();
    for verified in domains_by_claim {
        let domain = (verified.target, verified.expires_at);
        let publisher = publishers.entry(verified.organization_id.clone()).or_insert_with(|| VerifiedPublisher {
            organization_id: verified.organization_id,
            key: Key::new(verified.name_key),
            slug: verified.slug,
            display_name: verified.display_name.unwrap_or(verified.name),
            domains: Vec::new(),
        });
        publisher.domains.push(domain);
    }
    publishers.into_values().collect()
}
