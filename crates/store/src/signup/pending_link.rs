//! What an emailed link is about, for its recipient to decide.

use domain::id::OrganizationId;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::links::LinkPurpose;
use crate::entity::{agent, credential, link, organization};
use crate::records::OrganizationRecord;
use crate::{Store, StoreError, credentials, parse_stored};

/// Link that was not used yet.
#[derive(Clone, Debug)]
pub struct PendingLink {
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// Organization and what it has.
    pub facts: OrganizationFacts,
    /// Purpose.
    pub purpose: LinkPurpose,
    /// Email address that the link was sent to.
    pub email: String,
    /// Time of expiry, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Organization, and what tells its owner whether it is theirs.
#[derive(Clone, Debug)]
pub struct OrganizationFacts {
    /// Organization.
    pub organization: OrganizationRecord,
    /// Number of its agents.
    pub agent_count: u64,
    /// Number of active credentials, of the organization and its agents.
    pub credential_count: u64,
}

/// Counts the agents and active credentials of an organization. `now` is in milliseconds since 1970.
pub async fn describe(
    store: &Store,
    organization: OrganizationRecord,
    now: i64,
) -> Result<OrganizationFacts, StoreError> {
    let agents = agent::Entity::find().filter(agent::Column::OrganizationId.eq(organization.id.clone()));
    let credentials = credential::Entity::find().filter(credential::Column::OrganizationId.eq(organization.id.clone()));
    let credentials = credentials.all(&store.reader).await?;
    let is_live = |row: &&credential::Model| credentials::is_live(row.revoked_at, row.expires_at, now);
    Ok(OrganizationFacts {
        agent_count: agents.count(&store.reader).await?,
        credential_count: credentials.iter().filter(is_live).count() as u64,
        organization,
    })
}

/// Finds a link by the HMAC of its code. `None` if it is unknown or expired. `now` is in milliseconds since 1970.
pub async fn find_link(store: &Store, code_hash: Vec<u8>, now: i64) -> Result<Option<PendingLink>, StoreError> {
    let found = link::Entity::find_by_id(code_hash).one(&store.reader).await?;
    let Some(row) = found.filter(|row| row.expires_at > now) else { return Ok(None) };
    let Some(purpose) = LinkPurpose::parse(&row.purpose) else { return Ok(None) };
    let organization = organization::Entity::find_by_id(row.organization_id.clone()).one(&store.reader).await?;
    let Some(organization) = organization.filter(|row| row.expires_at.is_none_or(|end| end > now)) else {
        return Ok(None);
    };
    Ok(Some(PendingLink {
        organization_id: parse_stored(&row.organization_id)?,
        facts: describe(store, organization, now).await?,
        purpose,
        email: row.email,
        expires_at: row.expires_at,
    }))
}
