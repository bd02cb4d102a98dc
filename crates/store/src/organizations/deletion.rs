//! Deletion of an organization on request: it ends at once, and is deleted after seven days unless it is restored.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::OrganizationId;
use domain::organization::Status;
use domain::rejection::Rejection;
use domain::retention::DELETION_GRACE_MS;
use domain::time::rfc3339;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use super::get_in;
use crate::audit::{self, Entry};
use crate::idempotency::SealedCall;
use crate::records::OrganizationRecord;
use crate::signup::links::{self, LinkPurpose, NewLink};
use crate::{Store, StoreError, outbox, parse_stored};

/// Requests the deletion of the actor's organization. `link` restores it. A second call changes nothing.
///
/// # Errors
///
/// [`Rejection::OrganizationInactive`] for a suspended organization.
pub async fn request_deletion(
    store: &Store,
    actor: Arc<Actor>,
    link: Option<NewLink>,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let work = store.write(None, move |tx| Box::pin(async move { request_in(tx, &actor, link, now).await }));
    work.await
}

/// Cancels the deletion of the actor's organization. A second call changes nothing.
///
/// # Errors
///
/// [`Rejection::OrganizationInactive`] for a suspended organization.
pub async fn restore(store: &Store, actor: Arc<Actor>, now: Timestamp) -> Result<OrganizationRecord, StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move { restore_in(tx, actor.organization_id, By::caller(actor.audit_id()), now).await })
    });
    work.await
}

/// Cancels the deletion of the organization of an emailed link, by the HMAC of its code.
///
/// # Errors
///
/// [`Rejection::InvalidCode`]; [`Rejection::OrganizationInactive`] for a suspended organization.
pub async fn restore_by_code(
    store: &Store,
    code_hash: Vec<u8>,
    now: Timestamp,
    call: Option<SealedCall<OrganizationRecord>>,
) -> Result<OrganizationRecord, StoreError> {
    let work = store.write(call, move |tx| {
        Box::pin(async move {
            let link = links::consume(tx, now, code_hash, &[LinkPurpose::Restore]).await?;
            let link = link.ok_or(Rejection::InvalidCode)?;
            let id: OrganizationId = parse_stored(&link.organization_id)?;
            restore_in(tx, id, By::caller(id.to_string()), now).await
        })
    });
    work.await
}

async fn request_in(
    tx: &Transaction,
    actor: &Actor,
    link: Option<NewLink>,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let row = get_in(tx, actor.organization_id).await?;
    // The operator decides about a suspended organization: a deletion would also delete the evidence.
    if let status @ Status::Suspended { .. } = row.status() {
        return Err(Rejection::OrganizationInactive(status).into());
    }
    if row.deletion_asked_at.is_some() {
        return Ok(row);
    }
    let row = set(tx, row, Some(now.as_millisecond()), By::caller(actor.audit_id()), now).await?;
    if let Some(link) = link {
        links::add(tx, link, now).await?;
    }
    Ok(row)
}

async fn restore_in(
    tx: &Transaction,
    id: OrganizationId,
    by: By,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let row = get_in(tx, id).await?;
    if let status @ Status::Suspended { .. } = row.status() {
        return Err(Rejection::OrganizationInactive(status).into());
    }
    if row.deletion_asked_at.is_none() { Ok(row) } else { set(tx, row, None, by, now).await }
}

/// Initiator of a change, as the audit trail records it.
pub(super) struct By {
    actor: String,
    reason: Option<String>,
}

impl By {
    fn caller(actor: String) -> Self {
        Self { actor, reason: None }
    }

    /// The operator, with a reason.
    pub(super) fn operator(reason: String) -> Self {
        Self { actor: "operator".to_owned(), reason: Some(reason) }
    }
}

/// Sets the time of the request, and what follows from it.
pub(super) async fn set(
    tx: &Transaction,
    before: OrganizationRecord,
    asked_at: Option<i64>,
    by: By,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let id = parse_stored(&before.id)?;
    let mut active = before.clone().into_active_model();
    active.deletion_asked_at = ActiveValue::Set(asked_at);
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    let row = active.update(tx).await?;
    outbox::add_listing_change(tx, &before, &row, now.as_millisecond()).await?;
    if asked_at.is_none() {
        // Only a link of the last request restores.
        links::delete_of_purpose(tx, &row.id, LinkPurpose::Restore).await?;
    }
    let action = if asked_at.is_some() { "organization.deletion_requested" } else { "organization.restored" };
    let deletion_at = asked_at.map(|at| rfc3339(at + DELETION_GRACE_MS));
    let mut metadata = json!({ "deletionAt": deletion_at });
    if let Some(reason) = by.reason {
        metadata["reason"] = reason.into();
    }
    let entry = Entry { actor: by.actor, ..Entry::by_organization(id, action, metadata) };
    audit::append(tx, now, entry).await?;
    Ok(row)
}
