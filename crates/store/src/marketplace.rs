//! Published agents with their publisher and the claims of both.

mod publisher;
mod verified_publishers;

use std::collections::HashMap;

use domain::agent::{AgentStatus, TextForm as _};
use domain::id::AgentId;
use domain::moderation::{Moderation, Reason};
use domain::rejection::{Rejection, Resource};
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

pub use publisher::{Publisher, find_by_slug, get_publisher};
pub use verified_publishers::{VerifiedDomain, list_verified_domains};

use super::entity::{agent, claim, organization};
use super::records::{AgentRecord, ClaimRecord, OrganizationRecord};
use super::{Store, StoreError, organizations, outbox};

/// Published agent.
#[derive(Clone, Debug)]
pub struct PublishedAgent {
    /// Agent.
    pub agent: AgentRecord,
    /// Publisher.
    pub organization: OrganizationRecord,
    /// Claims of both that have been verified at some time.
    pub claims: Vec<ClaimRecord>,
}

impl PublishedAgent {
    /// Returns the display name of the publisher.
    pub fn publisher_name(&self) -> &str {
        self.organization.display_name.as_deref().unwrap_or(&self.organization.name)
    }
}

/// Reads the published ones among some agents, unordered.
pub async fn list_published(store: &Store, ids: &[String]) -> Result<Vec<PublishedAgent>, StoreError> {
    let rows = agent::Entity::find().filter(agent::Column::Id.is_in(ids.iter().cloned())).all(&store.reader).await?;
    with_publishers(store, rows).await
}

async fn with_publishers(store: &Store, rows: Vec<AgentRecord>) -> Result<Vec<PublishedAgent>, StoreError> {
    let mut of: Vec<String> = rows.iter().map(|row| row.organization_id.clone()).collect();
    of.sort_unstable();
    of.dedup();
    let publishers: HashMap<String, OrganizationRecord> = organization::Entity::find()
        .filter(organization::Column::Id.is_in(of.iter().cloned()))
        .all(&store.reader)
        .await?
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    let ids = rows.iter().map(|row| row.id.clone());
    let claims = claim::Entity::find()
        .filter(claim::Column::CheckedAt.is_not_null())
        .filter(
            claim::Column::AgentId
                .is_in(ids)
                .or(claim::Column::AgentId.is_null().and(claim::Column::OrganizationId.is_in(of))),
        )
        .order_by_asc(claim::Column::Id)
        .all(&store.reader)
        .await?;
    let mut own: HashMap<String, Vec<ClaimRecord>> = HashMap::new();
    let mut shared: HashMap<String, Vec<ClaimRecord>> = HashMap::new();
    for row in claims {
        match row.agent_id.clone() {
            Some(agent) => own.entry(agent).or_default().push(row),
            None => shared.entry(row.organization_id.clone()).or_default().push(row),
        }
    }
    let listed = rows.into_iter().filter_map(|row| {
        let organization = publishers.get(&row.organization_id)?.clone();
        if !outbox::is_published(&row, &organization) {
            return None;
        }
        let mut claims = shared.get(&row.organization_id).cloned().unwrap_or_default();
        claims.extend(own.remove(&row.id).unwrap_or_default());
        Some(PublishedAgent { agent: row, organization, claims })
    });
    Ok(listed.collect())
}

/// Reads a published agent.
///
/// # Errors
///
/// [`Rejection::Removed`] with the reason for an agent hidden by an operator or deleted with its organization,
/// [`Rejection::NotFound`] for any other unpublished agent.
pub async fn get(store: &Store, id: AgentId) -> Result<PublishedAgent, StoreError> {
    let Some(row) = agent::Entity::find_by_id(id.to_string()).one(&store.reader).await? else {
        return Err(organizations::missing_agent(store, id, true).await?.into());
    };
    if row.moderation == Moderation::Hidden.as_str() {
        return Err(hidden(store, row).await?.into());
    }
    with_publishers(store, vec![row]).await?.pop().ok_or(Rejection::NotFound(Resource::Agent).into())
}

/// Reports an agent as removed only if it would otherwise be published.
async fn hidden(store: &Store, row: AgentRecord) -> Result<Rejection, StoreError> {
    let publisher = organization::Entity::find_by_id(row.organization_id.clone()).one(&store.reader).await?;
    let is_listed = publisher.is_some_and(|publisher| publisher.is_listed());
    let was_public = row.published_at.is_some() && row.is_public && row.status == AgentStatus::Active.as_str();
    let reason = row.moderation_reason.as_deref().and_then(|word| Reason::parse(word).ok()).unwrap_or(Reason::Other);
    Ok(if is_listed && was_public {
        Rejection::Removed { reason: reason.as_str() }
    } else {
        Rejection::NotFound(Resource::Agent)
    })
}

/// Lists the IDs of agents that their owners made public, in order, after an ID.
pub async fn list_public_ids(store: &Store, after: &str, limit: u64) -> Result<Vec<String>, StoreError> {
    Ok(agent::Entity::find()
        .select_only()
        .column(agent::Column::Id)
        .filter(agent::Column::IsPublic.eq(true))
        .filter(agent::Column::Id.gt(after))
        .order_by_asc(agent::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(&store.reader)
        .await?)
}
