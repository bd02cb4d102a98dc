//! Recovery of an organization: a new admin credential replaces all others.

use crate::transaction::Transaction;
use domain::id::{CredentialId, OrganizationId};
use domain::organization::Status;
use domain::rejection::Rejection;
use domain::scope::{Scope, Scopes};
use jiff::Timestamp;
use serde_json::json;

use super::links::{self, LinkPurpose};
use crate::audit::{self, Entry};
use crate::credentials::{self, Holder, NewCredential};
use crate::idempotency::SealedCall;
use crate::{Store, StoreError, organizations, parse_stored, sessions};

/// New admin credential.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// ID of the credential.
    pub id: CredentialId,
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// Scopes: all of them.
    pub scopes: Scopes,
}

/// Recovers the organization of a link by the HMAC of its code: revokes all admin credentials, closes all sessions, and
/// creates an admin credential with the HMAC of its secret.
///
/// # Errors
///
/// [`Rejection::InvalidCode`] if the code is unknown or expired.
pub async fn recover(
    store: &Store,
    code_hash: Vec<u8>,
    secret_hash: Vec<u8>,
    now: Timestamp,
    call: Option<SealedCall<Recovery>>,
) -> Result<Recovery, StoreError> {
    store.write(call, move |tx| Box::pin(apply(tx, code_hash, secret_hash, now))).await
}

async fn apply(
    tx: &Transaction,
    code_hash: Vec<u8>,
    secret_hash: Vec<u8>,
    now: Timestamp,
) -> Result<Recovery, StoreError> {
    let link = links::consume(tx, now, code_hash, &[LinkPurpose::Recover]).await?;
    let link = link.ok_or(Rejection::InvalidCode)?;
    let organization_id = parse_stored(&link.organization_id)?;
    let row = organizations::get_in(tx, organization_id).await?;
    // While its deletion is pending, the organization can be recovered in order to be restored.
    if let status @ Status::Suspended { .. } = row.status() {
        return Err(Rejection::OrganizationInactive(status).into());
    }
    let revoked = credentials::revoke_all(tx, now, organization_id, Holder::Organization).await?;
    let closed = sessions::close_all(tx, &link.organization_id).await?;
    links::delete_all(tx, &link.organization_id).await?;
    let (id, scopes) = (CredentialId::new(), Scopes::from_iter(Scope::ALL));
    let new =
        NewCredential { id, organization_id, agent_id: None, secret_hash, scopes: scopes.clone(), expires_at: None };
    credentials::insert(tx, now, new).await?;
    let metadata = json!({ "credentialId": id, "revoked": revoked, "endedSessions": closed });
    audit::append(tx, now, Entry::by_organization(organization_id, "organization.recovered", metadata)).await?;
    Ok(Recovery { id, organization_id, scopes })
}
