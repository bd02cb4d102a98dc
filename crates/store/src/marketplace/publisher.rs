//! Publishers: organizations that have published an agent.

use domain::agent::{AgentStatus, TextForm as _};
use domain::moderation::Moderation;
use domain::rejection::Rejection;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};

use crate::entity::{agent, old_slug, organization};
use crate::records::OrganizationRecord;
use crate::{Store, StoreError, organizations};

/// Publisher.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Organization.
    pub organization: OrganizationRecord,
    /// Time of its first publication, in milliseconds since 1970.
    pub since: i64,
    /// Number of its published agents.
    pub agent_count: u64,
}

/// Finds the organization of a slug, if the marketplace shows it; true if the slug is its current one.
pub async fn find_by_slug(store: &Store, slug: &str) -> Result<Option<(OrganizationRecord, bool)>, StoreError> {
    let only_listed = |row: Option<OrganizationRecord>| row.filter(OrganizationRecord::is_listed);
    let now = organization::Entity::find().filter(organization::Column::Slug.eq(slug)).one(&store.reader).await?;
    if let Some(row) = only_listed(now) {
        return Ok(Some((row, true)));
    }
    let Some(old) = old_slug::Entity::find_by_id(slug.to_owned()).one(&store.reader).await? else { return Ok(None) };
    let row = organization::Entity::find_by_id(old.organization_id).one(&store.reader).await?;
    Ok(only_listed(row).map(|row| (row, false)))
}

/// Finds the publisher of a slug; true if the slug is its current one. Organizations that never published an agent are
/// not publishers.
///
/// # Errors
///
/// [`Rejection::PublisherRemoved`] for a deleted one.
pub async fn get_publisher(store: &Store, slug: &str) -> Result<Option<(Publisher, bool)>, StoreError> {
    let Some((organization, is_current)) = find_by_slug(store, slug).await? else {
        let is_retired = organizations::is_retired_slug(&store.reader, slug).await?;
        return if is_retired { Err(Rejection::PublisherRemoved.into()) } else { Ok(None) };
    };
    let published = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(organization.id.clone()))
        .filter(agent::Column::PublishedAt.is_not_null());
    let first = published.clone().order_by_asc(agent::Column::PublishedAt).one(&store.reader).await?;
    let Some(since) = first.and_then(|first| first.published_at) else { return Ok(None) };
    let shown = published
        .filter(agent::Column::IsPublic.eq(true))
        .filter(agent::Column::Status.eq(AgentStatus::Active.as_str()))
        .filter(agent::Column::Moderation.ne(Moderation::Hidden.as_str()));
    let agent_count = shown.count(&store.reader).await?;
    Ok(Some((Publisher { organization, since, agent_count }, is_current)))
}
