//! Lookup of credentials, with their agent and organization: every request makes one.

use std::collections::BTreeSet;

use domain::agent::{AgentStatus, Word as _};
use domain::id::CredentialId;
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, DbErr, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QuerySelect as _, RelationDef, Select,
};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::entity::{agent, credential, organization, revoked_token};

/// Lookups in one statement, at most.
const MOST_TOGETHER: usize = 64;
/// Lookups in the queue, at most; beyond, callers wait.
const MOST_WAITING: usize = 1024;

/// A credential, and what of its agent and organization decides whether it may be used, and for what.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CredentialHolder {
    /// The credential.
    pub credential_id: String,
    /// The HMAC of its secret.
    secret_hash: Vec<u8>,
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

impl CredentialHolder {
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

/// A handle of the task that looks credentials up. Lookups that come while the database is busy share one statement: the
/// round trip costs several times what a lookup does.
#[derive(Clone)]
pub struct CredentialLookup(mpsc::Sender<Asked>);

impl std::fmt::Debug for CredentialLookup {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CredentialLookup")
    }
}

impl CredentialLookup {
    /// Starts the task. It ends with the last handle.
    pub(crate) fn start(connection: DatabaseConnection) -> Self {
        let (asked, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(look_up(connection, waiting));
        Self(asked)
    }

    /// Finds a credential by the HMAC of its secret.
    pub async fn by_secret(&self, hash: Vec<u8>) -> Result<Option<CredentialHolder>, StoreError> {
        self.ask(By::Secret(hash)).await
    }

    /// Finds the credential that a token was issued for, unless the token was revoked.
    pub async fn by_token(
        &self,
        credential: CredentialId,
        token_id: &str,
    ) -> Result<Option<CredentialHolder>, StoreError> {
        self.ask(By::Token { credential_id: credential.to_string(), token_id: token_id.to_owned() }).await
    }

    async fn ask(&self, by: By) -> Result<Option<CredentialHolder>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Asked { by, answer }).await.map_err(|_| StoreError::Stopped)?;
        Ok(answered.await.map_err(|_| StoreError::Stopped)??)
    }
}

/// A lookup.
struct Asked {
    by: By,
    answer: oneshot::Sender<Result<Option<CredentialHolder>, DbErr>>,
}

/// The key of a lookup.
enum By {
    Secret(Vec<u8>),
    Token { credential_id: String, token_id: String },
}

async fn look_up(connection: DatabaseConnection, mut waiting: mpsc::Receiver<Asked>) {
    let mut asked = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut asked, MOST_TOGETHER).await > 0 {
        let found = together(&connection, &asked).await;
        for Asked { by, answer } in asked.drain(..) {
            // Whoever asked may have left.
            let _ = answer.send(found.as_ref().map(|found| found.get(&by).cloned()).map_err(Clone::clone));
        }
    }
}

/// All that is known of what was asked.
struct Known {
    holders: Vec<CredentialHolder>,
    revoked: BTreeSet<String>,
}

impl Known {
    fn get(&self, by: &By) -> Option<&CredentialHolder> {
        match by {
            By::Secret(hash) => self.holders.iter().find(|holder| holder.secret_hash == *hash),
            By::Token { token_id, .. } if self.revoked.contains(token_id) => None,
            By::Token { credential_id, .. } => {
                self.holders.iter().find(|holder| holder.credential_id == *credential_id)
            }
        }
    }
}

async fn together(connection: &DatabaseConnection, asked: &[Asked]) -> Result<Known, DbErr> {
    let (mut secrets, mut credentials, mut tokens) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for Asked { by, .. } in asked {
        match by {
            By::Secret(hash) => {
                secrets.insert(hash.clone());
            }
            By::Token { credential_id, token_id } => {
                credentials.insert(credential_id.clone());
                tokens.insert(token_id.clone());
            }
        }
    }
    let (mut holders, mut revoked) = (Vec::new(), BTreeSet::new());
    if !secrets.is_empty() {
        let of = credential::Column::SecretHash.is_in(evened(secrets));
        holders.extend(select().filter(of).into_model().all(connection).await?);
    }
    if !credentials.is_empty() {
        let of = revoked_token::Column::TokenId.is_in(evened(tokens));
        let rows = revoked_token::Entity::find().filter(of).all(connection).await?;
        revoked.extend(rows.into_iter().map(|row| row.token_id));
        let of = credential::Column::Id.is_in(evened(credentials));
        holders.extend(select().filter(of).into_model().all(connection).await?);
    }
    Ok(Known { holders, revoked })
}

/// The keys, the last one repeated until there are a power of two: so there are few statements, and each is prepared once.
fn evened<T: Clone>(keys: BTreeSet<T>) -> Vec<T> {
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
        .columns([organization::Column::State, organization::Column::Tier])
        .column_as(organization::Column::ExpiresAt, "organization_ends")
        .join(JoinType::LeftJoin, to_agent)
        .join(JoinType::InnerJoin, to_organization)
}
