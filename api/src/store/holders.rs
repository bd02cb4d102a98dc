//! Who holds a credential: it, its agent and its organization in one look, since every request asks for them.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _, QuerySelect as _,
    RelationDef, Select,
};

use super::StoreError;
use super::entity::{agent, credential, organization};
use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::id::CredentialId;

/// A credential, and what of its agent and organization decides whether it may be used, and for what.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Holder {
    /// The credential.
    pub credential_id: String,
    /// The tenant.
    pub organization_id: String,
    /// The agent; none for the organization's own.
    pub agent_id: Option<String>,
    /// What it may.
    pub scopes: String,
    /// When it ends by itself, in milliseconds since 1970.
    pub expires_at: Option<i64>,
    /// When it was ended; of one that was rotated, the end of the overlap.
    pub revoked_at: Option<i64>,
    /// Its first successful call.
    pub first_call_at: Option<i64>,
    /// The agent's status.
    pub agent_status: Option<String>,
    /// The tenant's name.
    pub organization_name: String,
    /// How far the tenant has come.
    pub state: String,
    /// What the tenant pays for.
    pub tier: String,
    /// When a provisional tenant ends.
    pub organization_ends: Option<i64>,
}

impl Holder {
    /// What it is called by as a client (RFC 6749, section 2.2).
    pub fn client_id(&self) -> &str {
        self.agent_id.as_ref().unwrap_or(&self.organization_id)
    }

    /// Whether the credential may be used. One that was rotated ends in the future.
    pub fn is_live(&self, now: i64) -> bool {
        super::credentials::is_live(self.revoked_at, self.expires_at, now)
    }

    /// Whether the agent and the organization are active.
    pub fn is_active(&self, now: i64) -> bool {
        self.organization_ends.is_none_or(|end| end > now)
            && (self.agent_id.is_none() || self.agent_status.as_deref() == Some(AgentStatus::Active.word()))
    }
}

/// By the HMAC of the secret.
pub async fn by_secret<C: ConnectionTrait>(connection: &C, hash: Vec<u8>) -> Result<Option<Holder>, StoreError> {
    Ok(select().filter(credential::Column::SecretHash.eq(hash)).into_model().one(connection).await?)
}

/// By the credential's identifier.
pub async fn by_credential<C: ConnectionTrait>(connection: &C, id: CredentialId) -> Result<Option<Holder>, StoreError> {
    Ok(select().filter(credential::Column::Id.eq(id.to_string())).into_model().one(connection).await?)
}

fn select() -> Select<credential::Entity> {
    let to_agent: RelationDef =
        credential::Entity::belongs_to(agent::Entity).from(credential::Column::AgentId).to(agent::Column::Id).into();
    let to_organization: RelationDef = credential::Entity::belongs_to(organization::Entity)
        .from(credential::Column::OrganizationId)
        .to(organization::Column::Id)
        .into();
    credential::Entity::find()
        .select_only()
        .column_as(credential::Column::Id, "credential_id")
        .columns([
            credential::Column::OrganizationId,
            credential::Column::AgentId,
            credential::Column::Scopes,
            credential::Column::ExpiresAt,
            credential::Column::RevokedAt,
            credential::Column::FirstCallAt,
        ])
        .column_as(agent::Column::Status, "agent_status")
        .column_as(organization::Column::Name, "organization_name")
        .columns([organization::Column::State, organization::Column::Tier])
        .column_as(organization::Column::ExpiresAt, "organization_ends")
        .join(JoinType::LeftJoin, to_agent)
        .join(JoinType::InnerJoin, to_organization)
}
