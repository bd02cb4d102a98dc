//! Publishers: organizations that have published an agent.

use domain::agent::{AgentStatus, Word as _};
use domain::moderation::Moderation;
use domain::organization::State;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};

use crate::entity::{agent, old_slug, organization};
use crate::records::OrganizationRecord;
use crate::{Store, StoreError};

/// A publisher.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// The organization.
    pub organization: OrganizationRecord,
    /// When it first published an agent, in milliseconds since 1970.
    pub since: i64,
    /// Its agents that are published now.
    pub agent_count: u64,
}

/// Finds the verified organization of a slug, and whether that is its slug still.
pub async fn find_by_slug(store: &Store, slug: &str) -> Result<Option<(OrganizationRecord, bool)>, StoreError> {
    let named = |row: Option<OrganizationRecord>| row.filter(|row| row.state == State::Verified.as_str());
    let now = organization::Entity::find().filter(organization::Column::Slug.eq(slug)).one(&store.reader).await?;
    if let Some(row) = named(now) {
        return Ok(Some((row, true)));
    }
    let Some(old) = old_slug::Entity::find_by_id(slug.to_owned()).one(&store.reader).await? else { return Ok(None) };
    let row = organization::Entity::find_by_id(old.organization_id).one(&store.reader).await?;
    Ok(named(row).map(|row| (row, false)))
}

/// Finds the publisher of a slug, and whether that is its slug still. An organization that never published an agent is none.
pub async fn get_publisher(store: &Store, slug: &str) -> Result<Option<(Publisher, bool)>, StoreError> {
    let Some((organization, is_current)) = find_by_slug(store, slug).await? else { return Ok(None) };
    let published = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(organization.id.clone()))
        .filter(agent::Column::PublishedAt.is_not_null());
    let first = published.clone().order_by_asc(agent::Column::PublishedAt).one(&store.reader).await?;
    let Some(since) = first.and_then(|first| first.published_at) else { return Ok(None) };
    let shown = published
        .filter(agent::Column::IsPublic.eq(true))
        .filter(agent::Column::Status.eq(AgentStatus::Active.word()))
        .filter(agent::Column::Moderation.ne(Moderation::Hidden.word()));
    let agent_count = shown.count(&store.reader).await?;
    Ok(Some((Publisher { organization, since, agent_count }, is_current)))
}
