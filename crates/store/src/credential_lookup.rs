//! Lookup of credentials with their agent and organization, once per request.

use std::collections::BTreeSet;

use domain::agent::{AgentStatus, TextForm as _};
use domain::id::CredentialId;
use domain::organization::Status;
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, DbErr, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QuerySelect as _, RelationDef, Select,
};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::entity::{agent, credential, organization, revoked_token};

/// Maximum number of lookups per statement.
const MAX_BATCH: usize = 64;
/// Capacity of the queue; beyond it, callers wait.
const QUEUE_CAPACITY: usize = 1024;

/// Credential with the facts about its agent and organization that decide what it may be used for.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CredentialHolder {
    /// ID of the credential.
    pub credential_id: String,
    /// HMAC of its secret.
    secret_hash: Vec<u8>,
    /// ID of the organization.
    pub organization_id: String,
    /// ID of the agent; `None` for an admin credential.
    pub agent_id: Option<String>,
    /// Granted scopes.
    pub scopes: String,
    /// Time of expiry, in milliseconds since 1970.
    pub expires_at: Option<i64>,
    /// Time of revocation; after a rotation, the end of the overlap.
    pub revoked_at: Option<i64>,
    /// Time of the first successful call.
    pub first_call_at: Option<i64>,
    /// Status of the agent.
    pub agent_status: Option<String>,
    /// Name of the organization.
    pub organization_name: String,
    /// State of the organization.
    pub state: String,
    /// Tier of the organization.
    pub tier: String,
    /// Expiry of a provisional organization.
    pub organization_expires_at: Option<i64>,
    /// Time of the request to delete the organization.
    deletion_asked_at: Option<i64>,
    /// Reason of the organization's suspension.
    suspension_reason: Option<String>,
}

impl CredentialHolder {
    /// Returns the client ID (RFC 6749, section 2.2).
    pub fn client_id(&self) -> &str {
        self.agent_id.as_ref().unwrap_or(&self.organization_id)
    }

    /// Returns true if the credential is neither revoked nor expired. A rotated credential is revoked in the future.
    pub fn is_live(&self, now: i64) -> bool {
        super::credentials::is_live(self.revoked_at, self.expires_at, now)
    }

    /// Returns whether the organization can act.
    pub fn organization_status(&self) -> Status {
        Status::of(self.deletion_asked_at, self.suspension_reason.as_deref())
    }

    /// Returns true if the agent is active and the organization has not expired.
    pub fn is_active(&self, now: i64) -> bool {
        self.organization_expires_at.is_none_or(|end| end > now)
            && (self.agent_id.is_none() || self.agent_status.as_deref() == Some(AgentStatus::Active.as_str()))
    }
}

/// Handle of the lookup task. Lookups that arrive while the database is busy share one statement: a round trip costs
/// several times as much as a lookup.
#[derive(Clone)]
pub struct CredentialLookup(mpsc::Sender<Lookup>);

impl std::fmt::Debug for CredentialLookup {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CredentialLookup")
    }
}

impl CredentialLookup {
    /// Starts the task, which stops when the last handle is dropped.
    pub(crate) fn start(connection: DatabaseConnection) -> Self {
        let (lookups, queue) = mpsc::channel(QUEUE_CAPACITY);
        tokio::spawn(run_lookups(connection, queue));
        Self(lookups)
    }

    /// Finds a credential by the HMAC of its secret.
    pub async fn find_by_secret(&self, hash: Vec<u8>) -> Result<Option<CredentialHolder>, StoreError> {
        self.find(LookupKey::Secret(hash)).await
    }

    /// Finds the credential of a token, unless the token was revoked.
    pub async fn find_by_token(
        &self,
        credential: CredentialId,
        token_id: &str,
    ) -> Result<Option<CredentialHolder>, StoreError> {
        self.find(LookupKey::Token { credential_id: credential.to_string(), token_id: token_id.to_owned() }).await
    }

    async fn find(&self, key: LookupKey) -> Result<Option<CredentialHolder>, StoreError> {
        let (sender, receiver) = oneshot::channel();
        self.0.send(Lookup { key, sender }).await.map_err(|_| StoreError::Stopped)?;
        Ok(receiver.await.map_err(|_| StoreError::Stopped)??)
    }
}

/// Queued lookup.
struct Lookup {
    key: LookupKey,
    sender: oneshot::Sender<Result<Option<CredentialHolder>, DbErr>>,
}

/// Key of a lookup.
enum LookupKey {
    Secret(Vec<u8>),
    Token { credential_id: String, token_id: String },
}

async fn run_lookups(connection: DatabaseConnection, mut queue: mpsc::Receiver<Lookup>) {
    let mut lookups = Vec::with_capacity(MAX_BATCH);
    while queue.recv_many(&mut lookups, MAX_BATCH).await > 0 {
        let results = run_batch(&connection, &lookups).await;
        for Lookup { key, sender } in lookups.drain(..) {
            // The caller may be gone.
            let _ = sender.send(results.as_ref().map(|results| results.get(&key).cloned()).map_err(Clone::clone));
        }
    }
}

/// Results of a batch.
struct LookupResults {
    holders: Vec<CredentialHolder>,
    revoked: BTreeSet<String>,
}

impl LookupResults {
    fn get(&self, key: &LookupKey) -> Option<&CredentialHolder> {
        match key {
            LookupKey::Secret(hash) => self.holders.iter().find(|holder| holder.secret_hash == *hash),
            LookupKey::Token { token_id, .. } if self.revoked.contains(token_id) => None,
            LookupKey::Token { credential_id, .. } => {
                self.holders.iter().find(|holder| holder.credential_id == *credential_id)
            }
        }
    }
}

async fn run_batch(connection: &DatabaseConnection, lookups: &[Lookup]) -> Result<LookupResults, DbErr> {
    let (mut secrets, mut credentials, mut tokens) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for Lookup { key, .. } in lookups {
        match key {
            LookupKey::Secret(hash) => {
                secrets.insert(hash.clone());
            }
            LookupKey::Token { credential_id, token_id } => {
                credentials.insert(credential_id.clone());
                tokens.insert(token_id.clone());
            }
        }
    }
    let (mut holders, mut revoked) = (Vec::new(), BTreeSet::new());
    if !secrets.is_empty() {
        let filter = credential::Column::SecretHash.is_in(pad_keys(secrets));
        holders.extend(select().filter(filter).into_model().all(connection).await?);
    }
    if !credentials.is_empty() {
        let filter = revoked_token::Column::TokenId.is_in(pad_keys(tokens));
        let rows = revoked_token::Entity::find().filter(filter).all(connection).await?;
        revoked.extend(rows.into_iter().map(|row| row.token_id));
        let filter = credential::Column::Id.is_in(pad_keys(credentials));
        holders.extend(select().filter(filter).into_model().all(connection).await?);
    }
    Ok(LookupResults { holders, revoked })
}

/// Pads the keys to a power of two by repeating the last one: few distinct statements, each prepared once.
fn pad_keys<T: Clone>(keys: BTreeSet<T>) -> Vec<T> {
    let mut keys: Vec<T> = keys.into_iter().collect();
    if let Some(last) = keys.last().cloned() {
        keys.resize(keys.len().next_power_of_two(), last);
    }
    keys
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
            credential::Column::SecretHash,
            credential::Column::OrganizationId,
            credential::Column::AgentId,
            credential::Column::Scopes,
            credential::Column::ExpiresAt,
            credential::Column::RevokedAt,
            credential::Column::FirstCallAt,
        ])
        .column_as(agent::Column::Status, "agent_status")
        .column_as(organization::Column::Name, "organization_name")
        .columns([
            organization::Column::State,
            organization::Column::Tier,
            organization::Column::DeletionAskedAt,
            organization::Column::SuspensionReason,
        ])
        .column_as(organization::Column::ExpiresAt, "organization_expires_at")
        .join(JoinType::LeftJoin, to_agent)
        .join(JoinType::InnerJoin, to_organization)
}
