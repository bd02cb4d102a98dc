//! From the database into the index: all of it at the start, then whatever the outbox names.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use store::Store;
use store::marketplace::{self, PublishedAgent};
use store::outbox;
use store::parse_stored as stored;
use uuid::Uuid;

use super::index::Listing;
use super::labels::CHECKS;
use super::market::Market;
use crate::error::ApiError;

/// Agents that are read together.
const TOGETHER: u64 = 1000;

/// Reads all published agents. Searches wait until it is done.
pub async fn build(store: &Store, market: &Market) -> Result<(), ApiError> {
    // What happens meanwhile is read twice, and nothing is missed.
    let seen = outbox::last(store).await?.map_or(0, |row| row.seq);
    // A time before may have ended halfway.
    market.index.clear()?;
    let mut after = String::new();
    let mut count = 0;
    loop {
        let ids = marketplace::list_public_ids(store, &after, TOGETHER).await?;
        let Some(last) = ids.last() else { break };
        after.clone_from(last);
        count += add(store, market, &ids).await?;
    }
    commit(market).await?;
    market.seen.store(seen, std::sync::atomic::Ordering::Relaxed);
    market.is_ready.send_replace(true);
    tracing::info!(count, "the marketplace's index is made");
    let index = Arc::clone(&market.index);
    // It is whole, tidy or not: to make it again would put all agents in twice.
    if let Err(error) = tokio::task::spawn_blocking(move || index.tidy()).await.map_err(ApiError::internal)? {
        tracing::warn!(%error, "the marketplace's index could not be made one segment");
    }
    Ok(())
}

/// Reads what the outbox names since the last time.
pub async fn follow(store: &Store, market: &Market) -> Result<(), ApiError> {
    loop {
        let rows = outbox::list_after(store, market.seen(), TOGETHER).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { return Ok(()) };
        // However often an agent changed, it is as it is now.
        let ids: BTreeSet<String> = rows.into_iter().map(|row| row.agent_id).collect();
        replace(store, market, &ids.into_iter().collect::<Vec<_>>()).await?;
        commit(market).await?;
        market.seen.store(last, std::sync::atomic::Ordering::Relaxed);
    }
}

/// Puts agents into an index that has none of them. How many are published.
async fn add(store: &Store, market: &Market, ids: &[String]) -> Result<usize, ApiError> {
    let listed = marketplace::list_published(store, ids).await?;
    let new = listed.into_iter().map(listing).collect::<Result<Vec<_>, _>>()?;
    let (index, count) = (Arc::clone(&market.index), new.len());
    tokio::task::spawn_blocking(move || index.add(new)).await.map_err(ApiError::internal)??;
    Ok(count)
}

/// Puts agents into the index as they are now, and takes out those that are not published.
async fn replace(store: &Store, market: &Market, ids: &[String]) -> Result<(), ApiError> {
    let listed = marketplace::list_published(store, ids).await?;
    let mut by_id: HashMap<String, PublishedAgent> =
        listed.into_iter().map(|one| (one.agent.id.clone(), one)).collect();
    let mut changes = Vec::with_capacity(ids.len());
    for id in ids {
        changes.push((stored::<Uuid>(id)?, by_id.remove(id).map(listing).transpose()?));
    }
    let index = Arc::clone(&market.index);
    tokio::task::spawn_blocking(move || index.replace(changes)).await.map_err(ApiError::internal)??;
    Ok(())
}

async fn commit(market: &Market) -> Result<(), ApiError> {
    let index = Arc::clone(&market.index);
    tokio::task::spawn_blocking(move || index.commit()).await.map_err(ApiError::internal)??;
    Ok(())
}

/// An agent as it is found.
fn listing(one: PublishedAgent) -> Result<Listing, ApiError> {
    let texts = |value: serde_json::Value| serde_json::from_value::<Vec<String>>(value).map_err(ApiError::internal);
    let until = |kind: &str| {
        let valid = one.claims.iter().filter(|claim| claim.kind == kind && claim.state == "valid");
        valid.filter_map(|claim| claim.expires_at).max().unwrap_or(0)
    };
    let checked_until = CHECKS.map(until);
    let publisher_name = one.publisher_name().to_owned();
    let row = one.agent;
    Ok(Listing {
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
