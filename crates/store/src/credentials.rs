//! Credentials of organizations and agents.

mod create;
mod list;
mod revoke;
mod rotate;

use crate::transaction::Transaction;
use domain::id::{AgentId, CredentialId, OrganizationId};
use domain::rejection::{Rejection, Resource};
use domain::scope::Scopes;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveValue, ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::audit::{self, Entry};
use super::entity::credential;
use super::records::CredentialRecord;
use super::{Store, StoreError};

pub use create::create;
pub use list::list;
pub use revoke::revoke;
pub use rotate::{Rotated, Rotation, rotate};

/// Maximum number of active credentials per agent.
pub const MAX_LIVE: u64 = 20;

/// New credential.
#[derive(Clone, Debug)]
pub struct NewCredential {
    /// ID of the credential.
    pub id: CredentialId,
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// ID of the agent; `None` for an admin credential.
    pub agent_id: Option<AgentId>,
    /// HMAC of its secret.
    pub secret_hash: Vec<u8>,
    /// Scopes.
    pub scopes: Scopes,
    /// Time of expiry, in milliseconds since 1970. `None` for never.
    pub expires_at: Option<i64>,
}

/// Inserts a credential.
pub(crate) async fn insert(tx: &Transaction, now: Timestamp, new: NewCredential) -> Result<(), StoreError> {
    let row = credential::ActiveModel {
        id: ActiveValue::Set(new.id.to_string()),
        organization_id: ActiveValue::Set(new.organization_id.to_string()),
        agent_id: ActiveValue::Set(new.agent_id.map(|agent| agent.to_string())),
        secret_hash: ActiveValue::Set(new.secret_hash),
        scopes: ActiveValue::Set(new.scopes.to_string()),
        created_at: ActiveValue::Set(now.as_millisecond()),
        expires_at: ActiveValue::Set(new.expires_at),
        revoked_at: ActiveValue::Set(None),
        first_call_at: ActiveValue::Set(None),
    };
    credential::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Returns true if a credential is neither revoked nor expired. A rotated credential is revoked in the future.
pub fn is_live(revoked_at: Option<i64>, expires_at: Option<i64>, now: i64) -> bool {
    revoked_at.is_none_or(|end| end > now) && expires_at.is_none_or(|end| end > now)
}

/// Filters credentials that are not revoked at a time.
fn unrevoked(now: i64) -> Expr {
    credential::Column::RevokedAt.is_null().or(credential::Column::RevokedAt.gt(now))
}

/// Holder of credentials within an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The organization itself: admin credentials.
    Organization,
    /// An agent.
    Agent(AgentId),
    /// The organization and all its agents.
    All,
}

/// Revokes all credentials of a holder. Returns their number.
pub(crate) async fn revoke_all(
    tx: &Transaction,
    now: Timestamp,
    organization: OrganizationId,
    holder: Holder,
) -> Result<u64, StoreError> {
    let of = match holder {
        Holder::Organization => Condition::all().add(credential::Column::AgentId.is_null()),
        Holder::Agent(agent) => Condition::all().add(credential::Column::AgentId.eq(agent.to_string())),
        Holder::All => Condition::all(),
    };
    let revoked = credential::Entity::update_many()
        .col_expr(credential::Column::RevokedAt, Expr::value(now.as_millisecond()))
        .filter(credential::Column::OrganizationId.eq(organization.to_string()))
        .filter(of)
        .filter(unrevoked(now.as_millisecond()))
        .exec(tx)
        .await?;
    Ok(revoked.rows_affected)
}

/// Records a credential's first successful call with its audit event: once, even for concurrent calls.
pub async fn record_first_call(
    store: &Store,
    credential: CredentialId,
    now: Timestamp,
    entry: Entry,
) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(first_call(tx, credential, now, entry))).await
}

async fn first_call(
    tx: &Transaction,
    credential: CredentialId,
    now: Timestamp,
    entry: Entry,
) -> Result<(), StoreError> {
    let noted = credential::Entity::update_many()
        .col_expr(credential::Column::FirstCallAt, Expr::value(now.as_millisecond()))
        .filter(credential::Column::Id.eq(credential.to_string()))
        .filter(credential::Column::FirstCallAt.is_null())
        .exec(tx)
        .await?;
    if noted.rows_affected == 1 {
        audit::append(tx, now, entry).await?;
    }
    Ok(())
}

/// Finds a credential of an agent. Credentials of other agents are not found.
async fn get_in(
    tx: &Transaction,
    tenant: OrganizationId,
    agent: AgentId,
    id: CredentialId,
) -> Result<CredentialRecord, StoreError> {
    let found = credential::Entity::find_by_id(id.to_string()).one(tx).await?;
    found
        .filter(|row| row.organization_id == tenant.to_string() && row.agent_id == Some(agent.to_string()))
        .ok_or(Rejection::NotFound(Resource::Credential).into())
}

async fn count_live(tx: &Transaction, agent: AgentId, now: i64) -> Result<u64, StoreError> {
    let live = credential::Entity::find()
        .filter(credential::Column::AgentId.eq(agent.to_string()))
        .filter(unrevoked(now))
        .filter(credential::Column::ExpiresAt.is_null().or(credential::Column::ExpiresAt.gt(now)));
    Ok(live.count(tx).await?)
}

fn too_many(current: u64) -> Rejection {
    let words = "An agent can have at most 20 active credentials. Revoke one first.";
    Rejection::LimitReached { words, limit: MAX_LIVE, current }
}
