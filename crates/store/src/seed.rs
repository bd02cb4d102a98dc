//! Seed data: verified organizations with published agents, for development and benchmarks.

use crate::transaction::Transaction;
use domain::agent::{Profile, TextForm as _};
use domain::claim::{ClaimKind, ClaimState, Method};
use domain::email::Email;
use domain::id::{AgentId, ClaimId, OrganizationId};
use domain::name;
use domain::organization::State;
use domain::tier::Tier;
use jiff::Timestamp;
use sea_orm::{EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _};
use serde_json::json;

use super::audit::{self, Entry};
use super::entity::{agent, claim, organization};
use super::records::{ClaimRecord, OrganizationRecord};
use super::{Store, StoreError, outbox};

/// Verified organization.
#[derive(Clone, Debug)]
pub struct SeedOrganization {
    /// Name.
    pub name: String,
    /// Display name, if different.
    pub display_name: Option<String>,
    /// Slug.
    pub slug: String,
    /// Verified email address.
    pub email: Email,
    /// Time of creation, in milliseconds since 1970.
    pub created_at: i64,
    /// Agents.
    pub agents: Vec<SeedAgent>,
}

/// Agent.
#[derive(Clone, Debug)]
pub struct SeedAgent {
    /// Fields of the agent.
    pub profile: Profile,
    /// Time of creation and, if public, of publication, in milliseconds since 1970.
    pub created_at: i64,
    /// Claims.
    pub claims: Vec<SeedClaim>,
}

/// Verified claim. Nothing is ever fetched for it.
#[derive(Clone, Debug)]
pub struct SeedClaim {
    /// Kind.
    pub kind: ClaimKind,
    /// Target.
    pub target: String,
    /// Method of verification.
    pub method: Method,
    /// Time of verification, in milliseconds since 1970.
    pub checked_at: i64,
    /// URL of the evidence.
    pub evidence_url: Option<String>,
}

/// Returns true if the database has no organization yet.
pub async fn is_empty(store: &Store) -> Result<bool, StoreError> {
    Ok(organization::Entity::find().count(&store.reader).await? == 0)
}

/// Adds organizations with their agents. Returns the number of agents.
pub async fn insert(
    store: &Store,
    did_host: String,
    organizations: Vec<SeedOrganization>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    store.write(None, move |tx| Box::pin(async move { insert_all(tx, &did_host, organizations, now).await })).await
}

async fn insert_all(
    tx: &Transaction,
    did_host: &str,
    organizations: Vec<SeedOrganization>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut count = 0;
    for one in organizations {
        let id = OrganizationId::new();
        let agents = insert_organization(tx, id, one, now).await?;
        for agent in agents {
            insert_agent(tx, did_host, id, agent, now).await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn insert_organization(
    tx: &Transaction,
    id: OrganizationId,
    seed: SeedOrganization,
    now: Timestamp,
) -> Result<Vec<SeedAgent>, StoreError> {
    let metadata = json!({ "name": seed.name, "state": State::Verified, "demo": true });
    let row = OrganizationRecord {
        id: id.to_string(),
        name_key: name::key(seed.display_name.as_ref().unwrap_or(&seed.name)),
        name: seed.name,
        display_name: seed.display_name,
        slug: seed.slug,
        email_key: Some(seed.email.key()),
        email: Some(seed.email.to_string()),
        state: State::Verified.as_str().to_owned(),
        tier: Tier::Free.as_str().to_owned(),
        expires_at: None,
        claim_hash: None,
        deletion_asked_at: None,
        suspended_at: None,
        suspension_reason: None,
        signup_network: None,
        created_at: seed.created_at,
        updated_at: seed.created_at,
    };
    organization::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    audit::append(tx, now, Entry::by_organization(id, "organization.created", metadata)).await?;
    Ok(seed.agents)
}

async fn insert_agent(
    tx: &Transaction,
    did_host: &str,
    organization: OrganizationId,
    seed: SeedAgent,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = AgentId::new();
    let mut row = agent::blank_row(id, organization, did_host.to_owned(), seed.created_at);
    agent::write_profile(seed.profile, &mut row)?;
    let is_published = outbox::is_listable(&row);
    row.published_at = row.is_public.then_some(seed.created_at);
    let metadata = json!({ "name": row.name });
    agent::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    outbox::add_change(tx, &id.to_string(), false, is_published, now.as_millisecond()).await?;
    for one in seed.claims {
        let claim = claim_row(id, organization, one, now.as_millisecond());
        claim::Entity::insert(claim.into_active_model()).exec_without_returning(tx).await?;
    }
    audit::append(
        tx,
        now,
        Entry { agent_id: Some(id), ..Entry::by_organization(organization, "agent.registered", metadata) },
    )
    .await
}

fn claim_row(agent: AgentId, organization: OrganizationId, seed: SeedClaim, now: i64) -> ClaimRecord {
    let expires_at = seed.checked_at + seed.kind.lifetime_ms();
    let state = if expires_at > now { ClaimState::Valid } else { ClaimState::Expired };
    ClaimRecord {
        id: ClaimId::new().to_string(),
        organization_id: organization.to_string(),
        agent_id: Some(agent.to_string()),
        kind: seed.kind.as_str().to_owned(),
        target: seed.target,
        nonce: "demo".to_owned(),
        state: state.as_str().to_owned(),
        method: Some(seed.method.as_str().to_owned()),
        checked_at: Some(seed.checked_at),
        expires_at: Some(expires_at),
        next_check_at: None,
        evidence_url: seed.evidence_url,
        failures: 0,
        last_failure: None,
        last_tried_at: Some(seed.checked_at),
        created_at: seed.checked_at,
    }
}
