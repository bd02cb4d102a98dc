//! Claims: creation, checks, expiry. Each state change is recorded in the audit trail, and in the outbox for affected
//! published agents.

mod create;
mod due;
mod expire;
mod list;
mod record_check;
mod remove;

use crate::transaction::Transaction;
use domain::actor::Actor;
use domain::agent::TextForm as _;
use domain::audit::Outcome;
use domain::claim::{ClaimKind, ClaimState, Failure, key};
use domain::id::{ClaimId, OrganizationId};
use domain::rejection::{Rejection, Resource};
use sea_orm::{ConnectionTrait, EntityTrait as _};
use serde_json::{Value, json};

use super::audit::Entry;
use super::entity::claim;
use super::records::{AgentRecord, ClaimRecord};
use super::{Store, StoreError, organizations, outbox, parse_stored};

pub use create::{NewClaim, create};
pub use due::{expire_due, list_due};
pub(crate) use expire::expire_unfounded;
pub use list::list;
pub use record_check::{record_check, record_due_check};
pub use remove::remove;

/// Initiator of a change to a claim.
#[derive(Clone, Copy, Debug)]
enum Initiator<'a> {
    /// Actor of the organization.
    Actor(&'a Actor),
    /// Service itself.
    System,
}

/// Finds a claim that the actor can read: of its organization; for an agent, about itself.
///
/// # Errors
///
/// [`Rejection::NotFound`].
pub async fn get(store: &Store, actor: &Actor, id: ClaimId) -> Result<ClaimRecord, StoreError> {
    get_in(&store.reader, actor, id).await
}

async fn get_in<C: ConnectionTrait>(connection: &C, actor: &Actor, id: ClaimId) -> Result<ClaimRecord, StoreError> {
    let found = claim::Entity::find_by_id(id.to_string()).one(connection).await?;
    let is_visible = |row: &ClaimRecord| {
        let own = actor.agent_id.map(|own| own.to_string());
        row.organization_id == actor.organization_id.to_string() && (own.is_none() || row.agent_id == own)
    };
    found.filter(is_visible).ok_or(Rejection::NotFound(Resource::Claim).into())
}

/// Parses the kind of a claim.
pub fn parse_kind(row: &ClaimRecord) -> Result<ClaimKind, StoreError> {
    ClaimKind::parse(&row.kind).map_err(|_| StoreError::Unreadable(format!("claim {} has an invalid kind", row.id)))
}

/// Parses the stored state of a claim.
pub fn parse_state(row: &ClaimRecord) -> Result<ClaimState, StoreError> {
    ClaimState::parse(&row.state).map_err(|_| StoreError::Unreadable(format!("claim {} has an invalid state", row.id)))
}

/// Returns the failure of a check whose key was removed from the agent.
pub fn key_removed() -> Failure {
    Failure("The key is no longer among the agent's publicKeys.".to_owned())
}

/// Adds an outbox entry for each published agent that a claim applies to.
async fn add_appearance_changes(tx: &Transaction, row: &ClaimRecord, now: i64) -> Result<(), StoreError> {
    let organization = organizations::get_in(tx, parse_stored(&row.organization_id)?).await?;
    outbox::add_appearance_changes(tx, &organization, row.agent_id.as_deref(), now).await
}

/// Creates an audit entry about a claim.
fn entry(
    row: &ClaimRecord,
    initiator: Initiator<'_>,
    action: &'static str,
    outcome: Outcome,
    more: Value,
) -> Result<Entry, StoreError> {
    let mut metadata = json!({ "claimId": row.id, "kind": row.kind, "target": row.target });
    if let (Value::Object(all), Value::Object(more)) = (&mut metadata, more) {
        all.extend(more);
    }
    let tenant: OrganizationId = parse_stored(&row.organization_id)?;
    let agent_id = row.agent_id.as_deref().map(parse_stored).transpose()?;
    let actor = match initiator {
        Initiator::Actor(actor) => actor.audit_id(),
        Initiator::System => "system".to_owned(),
    };
    Ok(Entry { agent_id, actor, outcome, ..Entry::by_organization(tenant, action, metadata) })
}

fn holds_key(agent: &AgentRecord, thumbprint: &str) -> bool {
    agent.public_keys.as_array().is_some_and(|keys| key::find_key(keys, thumbprint).is_some())
}
