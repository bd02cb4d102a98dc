//! Credentials of organizations and agents.

use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};

use super::audit::{self, Entry};
use super::entity::credential;
use crate::domain::id::{AgentId, CredentialId, OrganizationId};
use crate::domain::scope::Scopes;
use crate::error::ApiError;

/// A credential that is to be kept.
#[derive(Clone, Debug)]
pub struct NewCredential {
    /// Its identifier.
    pub id: CredentialId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The agent; none for the organization's own.
    pub agent_id: Option<AgentId>,
    /// The HMAC of its secret.
    pub secret_hash: Vec<u8>,
    /// What it may.
    pub scopes: Scopes,
    /// When it ends, if it does.
    pub expires_at: Option<i64>,
}

/// Keeps one.
pub async fn insert(tx: &DatabaseTransaction, now: Timestamp, new: NewCredential) -> Result<(), ApiError> {
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

/// Whether a credential may be used. One that was rotated ends in the future.
pub fn is_live(revoked_at: Option<i64>, expires_at: Option<i64>, now: i64) -> bool {
    revoked_at.is_none_or(|end| end > now) && expires_at.is_none_or(|end| end > now)
}

/// Those that were not revoked by a time.
pub fn unrevoked(now: i64) -> Expr {
    credential::Column::RevokedAt.is_null().or(credential::Column::RevokedAt.gt(now))
}

/// Ends all credentials of an agent, or of the organization itself where there is none.
pub async fn revoke_all(
    tx: &DatabaseTransaction,
    now: Timestamp,
    organization: OrganizationId,
    agent: Option<AgentId>,
) -> Result<u64, ApiError> {
    let of = match agent {
        Some(agent) => credential::Column::AgentId.eq(agent.to_string()),
        None => credential::Column::AgentId.is_null(),
    };
    let ended = credential::Entity::update_many()
        .col_expr(credential::Column::RevokedAt, Expr::value(now.as_millisecond()))
        .filter(credential::Column::OrganizationId.eq(organization.to_string()))
        .filter(of)
        .filter(unrevoked(now.as_millisecond()))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

/// Notes a credential's first successful call, and the event of it; once, however many come at the same time.
pub async fn first_call(
    tx: &DatabaseTransaction,
    credential: CredentialId,
    now: Timestamp,
    entry: Entry,
) -> Result<(), ApiError> {
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
