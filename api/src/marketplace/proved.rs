//! Publishers who have proved a domain, and whose names others may be taken for.
//!
//! They are kept in memory: a page view compares names, and reads nothing.

use std::collections::HashMap;
use std::sync::Arc;

use domain::look_alike::{Key, Likeness, Shown, likeness};
use store::marketplace::{PublishedAgent, VerifiedDomain, list_verified_domains};

use super::market::Market;
use crate::error::ApiError;
use crate::registry::Registry;

/// How long what was read is kept, in milliseconds.
const KEPT_MS: i64 = 60_000;
/// Shortest time between two readings, however much is published meanwhile, in milliseconds.
const REST_MS: i64 = 1_000;
/// Publishers that are told of an agent, at most.
const MOST: usize = 5;

/// A publisher who has proved a domain, and whose name is like that of an agent or of its publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
    /// The domain.
    pub domain: String,
}

/// A publisher who has proved a domain.
struct Proved {
    organization_id: String,
    key: Key,
    slug: String,
    display_name: String,
    /// Each with the end of its claim, in milliseconds; those of the organization come first.
    domains: Vec<(String, i64)>,
}

/// All of them, as they were read.
pub(super) struct Kept {
    /// When, in milliseconds.
    at: i64,
    /// The last line of the outbox that was known then.
    seen: i64,
    publishers: Arc<[Proved]>,
}

impl Kept {
    /// Whether it need not be read again. What nobody is told of, as the end of a claim of a publisher that shows nothing,
    /// is seen when its time is over.
    fn holds(&self, seen: i64, now: i64) -> bool {
        let age = now - self.at;
        (0..REST_MS).contains(&age) || self.seen == seen && (0..KEPT_MS).contains(&age)
    }
}

impl Proved {
    /// A domain whose claim holds at a time, in milliseconds.
    fn domain(&self, now: i64) -> Option<&str> {
        self.domains.iter().find(|(_, until)| *until > now).map(|(domain, _)| domain.as_str())
    }
}

/// Other publishers who have proved a domain and whose name is like the agent's or its publisher's: the nearest first, at
/// most 5. What is like what, `domain::look_alike` says.
pub async fn look_alikes(
    registry: &Registry,
    market: &Market,
    listed: &PublishedAgent,
) -> Result<Vec<LookAlike>, ApiError> {
    let publishers = publishers(registry, market).await?;
    Ok(among(&publishers, listed, registry.now_ms()))
}

fn among(publishers: &[Proved], listed: &PublishedAgent, now: i64) -> Vec<LookAlike> {
    let is_own = |one: &&Proved| one.organization_id == listed.organization.id;
    let has_proved = publishers.iter().find(is_own).is_some_and(|own| own.domain(now).is_some());
    let shown = [Shown::new(&listed.agent.name), Shown::new(listed.publisher_name())];
    let mut found: Vec<(Likeness, &str, &str, &Proved)> = Vec::new();
    for one in publishers.iter().filter(|one| !is_own(one)) {
        let nearest = shown.iter().filter_map(|shown| likeness(shown, &one.key, has_proved)).min();
        if let (Some(nearest), Some(domain)) = (nearest, one.domain(now)) {
            found.push((nearest, &one.slug, domain, one));
        }
    }
    found.sort_unstable_by_key(|(nearest, slug, ..)| (*nearest, *slug));
    found.truncate(MOST);
    let told = |(_, slug, domain, one): (Likeness, &str, &str, &Proved)| LookAlike {
        slug: slug.to_owned(),
        display_name: one.display_name.clone(),
        domain: domain.to_owned(),
    };
    found.into_iter().map(told).collect()
}

/// All of them, at most a minute old; and a second, if the marketplace has changed since. Whoever comes while they are read
/// waits for that reading.
async fn publishers(registry: &Registry, market: &Market) -> Result<Arc<[Proved]>, ApiError> {
    let mut kept = market.proved.lock().await;
    // Read before the rows are: what happens meanwhile is read again.
    let (seen, now) = (market.seen(), registry.now_ms());
    if let Some(kept) = kept.as_ref().filter(|kept| kept.holds(seen, now)) {
        return Ok(Arc::clone(&kept.publishers));
    }
    let publishers: Arc<[Proved]> = by_publisher(list_verified_domains(&registry.store, now).await?).into();
    *kept = Some(Kept { at: now, seen, publishers: Arc::clone(&publishers) });
    Ok(publishers)
}

fn by_publisher(mut proofs: Vec<VerifiedDomain>) -> Vec<Proved> {
    proofs.sort_by_key(|proof| proof.agent_id.is_some());
    let mut publishers: HashMap<String, Proved> = HashMap::new();
    for proof in proofs {
        let domain = (proof.target, proof.expires_at);
        let publisher = publishers.entry(proof.organization_id.clone()).or_insert_with(|| Proved {
            organization_id: proof.organization_id,
            key: Key::new(proof.name_key),
            slug: proof.slug,
            display_name: proof.display_name.unwrap_or(proof.name),
            domains: Vec::new(),
        });
        publisher.domains.push(domain);
    }
    publishers.into_values().collect()
}
