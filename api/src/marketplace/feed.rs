//! Indexing: all published agents at startup, then the changes in the outbox.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use store::Store;
use store::marketplace::{self, PublishedAgent};
use store::outbox;
use store::parse_stored as stored;
use uuid::Uuid;

use super::index::{Index, IndexEntry};
use super::labels::CHECKS;
use super::market::Market;
use crate::error::ApiError;

/// Agents per batch.
const BATCH: u64 = 1000;

/// Builds a new index from all published agents. The first searches wait for it; later, they use the old index meanwhile.
pub async fn build(store: &Store, market: &Market) -> Result<(), ApiError> {
    // Changes meanwhile are indexed twice, so none are missed.
    let seen = outbox::last(store).await?.map_or(0, |row| row.seq);
    let index = Arc::new(Index::new()?);
    let mut after = String::new();
    let mut count = 0;
    loop {
        let ids = marketplace::list_public_ids(store, &after, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after.clone_from(last);
        count += add(store, &index, &ids).await?;
    }
    commit(&index).await?;
    market.replace_index(Arc::clone(&index));
    market.seen.store(seen, std::sync::atomic::Ordering::Relaxed);
    market.is_ready.send_replace(true);
    tracing::info!(count, "built the marketplace index");
    // In the background: the index is complete even if merging fails, and changes are indexed next.
    tokio::task::spawn_blocking(move || {
        if let Err(error) = index.merge_segments() {
            tracing::warn!(%error, "could not merge the segments of the marketplace index");
        }
    });
    Ok(())
}

/// Indexes the changes since the last run.
pub async fn follow(store: &Store, market: &Market) -> Result<(), ApiError> {
    loop {
        let rows = outbox::list_after(store, market.seen(), BATCH).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { return Ok(()) };
        // Several changes of an agent are indexed once.
        let ids: BTreeSet<String> = rows.into_iter().map(|row| row.agent_id).collect();
        let index = market.index();
        replace(store, &index, &ids.into_iter().collect::<Vec<_>>()).await?;
        commit(&index).await?;
        market.seen.store(last, std::sync::atomic::Ordering::Relaxed);
        // Numbers of texts are never reused: an agent that changes often would fill the memory with former texts.
        if index.has_stale_labels() {
            build(store, market).await?;
        }
    }
}

/// Adds agents to an index that has none of them. Returns the number of published ones.
async fn add(store: &Store, index: &Arc<Index>, ids: &[String]) -> Result<usize, ApiError> {
    let listed = marketplace::list_published(store, ids).await?;
    let new = listed.into_iter().map(listing).collect::<Result<Vec<_>, _>>()?;
    let (index, count) = (Arc::clone(index), new.len());
    tokio::task::spawn_blocking(move || index.add(new)).await.map_err(ApiError::internal)??;
    Ok(count)
}

/// Replaces agents in the index, and removes those that are not published.
async fn replace(store: &Store, index: &Arc<Index>, ids: &[String]) -> Result<(), ApiError> {
    let listed = marketplace::list_published(store, ids).await?;
    let mut by_id: HashMap<String, PublishedAgent> =
        listed.into_iter().map(|one| (one.agent.id.clone(), one)).collect();
    let mut changes = Vec::with_capacity(ids.len());
    for id in ids {
        changes.push((stored::<Uuid>(id)?, by_id.remove(id).map(listing).transpose()?));
    }
    let index = Arc::clone(index);
    tokio::task::spawn_blocking(move || index.replace(changes)).await.map_err(ApiError::internal)??;
    Ok(())
}

async fn commit(index: &Arc<Index>) -> Result<(), ApiError> {
    let index = Arc::clone(index);
    tokio::task::spawn_blocking(move || index.commit()).await.map_err(ApiError::internal)??;
    Ok(())
}

/// Converts an agent to an index entry.
fn listing(one: PublishedAgent) -> Result<IndexEntry, ApiError> {
    let texts = |value: serde_json::Value| serde_json::from_value::<Vec<String>>(value).map_err(ApiError::internal);
    let until = |kind: &str| {
        let valid = one.claims.iter().filter(|claim| claim.kind == kind && claim.state == "valid");
        valid.filter_map(|claim| claim.expires_at).max().unwrap_or(0)
    };
    let checked_until = CHECKS.map(until);
    let publisher_name = one.publisher_name().to_owned();
    let row = one.agent;
    Ok(IndexEntry {
        id: stored(&row.id)?,
        publisher_name,
        publisher_id: one.organization.id,
        publisher_slug: one.organization.slug,
        name: row.name,
        description: row.description,
        tags: texts(row.tags)?,
        capabilities: texts(row.capabilities)?,
        owner: row.owner,
        agent_type: row.agent_type,
        published_at: row.published_at.unwrap_or(row.created_at),
        updated_at: row.updated_at,
        checked_until,
    })
}
