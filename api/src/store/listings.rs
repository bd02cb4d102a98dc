//! Published agents with what the marketplace shows beside them: their publisher, and claims of both.

use std::collections::HashMap;

use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::agents;
use super::entity::{agent, claim, old_slug, organization, outbox};
use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::id::AgentId;
use crate::domain::moderation::{Moderation, Reason};
use crate::domain::organization::State;
use crate::error::ApiError;

/// A published agent.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The agent.
    pub agent: agent::Model,
    /// Its publisher.
    pub organization: organization::Model,
    /// Claims of both that were checked with success at some time.
    pub claims: Vec<claim::Model>,
}

impl Listed {
    /// What the marketplace calls the publisher.
    pub fn publisher_name(&self) -> &str {
        self.organization.display_name.as_deref().unwrap_or(&self.organization.name)
    }
}

/// Those of some agents that are published, in no order.
pub async fn published<C: ConnectionTrait>(connection: &C, ids: &[String]) -> Result<Vec<Listed>, ApiError> {
    let rows = agent::Entity::find().filter(agent::Column::Id.is_in(ids.iter().cloned())).all(connection).await?;
    with_publishers(connection, rows).await
}

async fn with_publishers<C: ConnectionTrait>(connection: &C, rows: Vec<agent::Model>) -> Result<Vec<Listed>, ApiError> {
    let mut of: Vec<String> = rows.iter().map(|row| row.organization_id.clone()).collect();
    of.sort_unstable();
    of.dedup();
    let publishers: HashMap<String, organization::Model> = organization::Entity::find()
        .filter(organization::Column::Id.is_in(of.iter().cloned()))
        .all(connection)
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
        .all(connection)
        .await?;
    let mut own: HashMap<String, Vec<claim::Model>> = HashMap::new();
    let mut shared: HashMap<String, Vec<claim::Model>> = HashMap::new();
    for row in claims {
        match row.agent_id.clone() {
            Some(agent) => own.entry(agent).or_default().push(row),
            None => shared.entry(row.organization_id.clone()).or_default().push(row),
        }
    }
    let listed = rows.into_iter().filter_map(|row| {
        let organization = publishers.get(&row.organization_id)?.clone();
        if !agents::is_published(&row, State::read(&organization.state)?) {
            return None;
        }
        let mut claims = shared.get(&row.organization_id).cloned().unwrap_or_default();
        claims.extend(own.remove(&row.id).unwrap_or_default());
        Some(Listed { agent: row, organization, claims })
    });
    Ok(listed.collect())
}

/// One published agent. Taken away by an operator: 410 with the class of the reason. Whatever else it may be that it is
/// not shown for, it is the same 404.
pub async fn get<C: ConnectionTrait>(connection: &C, id: AgentId) -> Result<Listed, ApiError> {
    let row = agent::Entity::find_by_id(id.to_string()).one(connection).await?.ok_or(ApiError::NO_AGENT)?;
    if row.moderation == Moderation::Hidden.word() {
        return Err(hidden(connection, row).await?);
    }
    with_publishers(connection, vec![row]).await?.pop().ok_or(ApiError::NO_AGENT)
}

/// Only what would be published otherwise is told to have been taken away.
async fn hidden<C: ConnectionTrait>(connection: &C, row: agent::Model) -> Result<ApiError, ApiError> {
    let publisher = organization::Entity::find_by_id(row.organization_id.clone()).one(connection).await?;
    let is_verified = publisher.is_some_and(|publisher| publisher.state == State::Verified.as_str());
    let was_public = row.published_at.is_some() && row.is_public && row.status == AgentStatus::Active.word();
    let reason = row.moderation_reason.as_deref().and_then(|word| Reason::read(word).ok()).unwrap_or(Reason::Other);
    Ok(if is_verified && was_public { ApiError::Removed { reason: reason.word() } } else { ApiError::NO_AGENT })
}

/// The publisher of a slug, and whether that is its slug still.
pub async fn publisher<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
) -> Result<Option<(organization::Model, bool)>, ApiError> {
    let named = |row: Option<organization::Model>| row.filter(|row| row.state == State::Verified.as_str());
    let now = organization::Entity::find().filter(organization::Column::Slug.eq(slug)).one(connection).await?;
    if let Some(row) = named(now) {
        return Ok(Some((row, true)));
    }
    let Some(old) = old_slug::Entity::find_by_id(slug.to_owned()).one(connection).await? else { return Ok(None) };
    let row = organization::Entity::find_by_id(old.organization_id).one(connection).await?;
    Ok(named(row).map(|row| (row, false)))
}

/// The last line of the outbox.
pub async fn last_change<C: ConnectionTrait>(connection: &C) -> Result<Option<outbox::Model>, ApiError> {
    Ok(outbox::Entity::find().order_by_desc(outbox::Column::Seq).one(connection).await?)
}
