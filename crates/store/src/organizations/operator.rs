//! What operators do to an organization. Each change is recorded in its audit trail with the reason.

use crate::transaction::Transaction;
use domain::id::OrganizationId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::{Value, json};

use super::deletion::{self, By};
use super::get_in;
use crate::audit::{self, Entry};
use crate::credentials::{self, Holder};
use crate::email_queue::{self, NewEmail};
use crate::records::OrganizationRecord;
use crate::signup::links::{self, LinkPurpose};
use crate::{Store, StoreError, outbox, sessions};

/// Numbers of what ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedAccess {
    /// Credentials of the organization and its agents.
    pub credentials: u64,
    /// Sessions.
    pub sessions: u64,
}

/// Suspends an organization: until it is restored, it is not listed, and its credentials and tokens are refused with the
/// reason. A second call replaces the reason. `email` tells the owner.
pub async fn suspend(
    store: &Store,
    id: OrganizationId,
    reason: String,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let metadata = json!({ "reason": reason });
            set_suspension(tx, id, Some(reason), now).await?;
            record(tx, id, "organization.suspended", metadata, email, now).await
        })
    });
    work.await
}

/// Lifts the suspension of an organization, and cancels its deletion. Returns false if there was neither. `email` tells
/// the owner.
pub async fn restore_by_operator(
    store: &Store,
    id: OrganizationId,
    reason: String,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let row = get_in(tx, id).await?;
            if row.suspended_at.is_none() && row.deletion_asked_at.is_none() {
                return Ok(false);
            }
            if row.suspended_at.is_some() {
                set_suspension(tx, id, None, now).await?;
                record(tx, id, "organization.unsuspended", json!({ "reason": reason.clone() }), None, now).await?;
            }
            let row = get_in(tx, id).await?;
            if row.deletion_asked_at.is_some() {
                deletion::set(tx, row, None, By::operator(reason), now).await?;
            }
            if let Some(email) = email {
                email_queue::add(tx, email, now.as_millisecond()).await?;
            }
            Ok(true)
        })
    });
    work.await
}

/// Requests the deletion of an organization. A second call changes nothing. `email` tells the owner.
pub async fn delete_by_operator(
    store: &Store,
    id: OrganizationId,
    reason: String,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let row = get_in(tx, id).await?;
            if row.deletion_asked_at.is_some() {
                return Ok(());
            }
            deletion::set(tx, row, Some(now.as_millisecond()), By::operator(reason), now).await?;
            if let Some(email) = email {
                email_queue::add(tx, email, now.as_millisecond()).await?;
            }
            Ok(())
        })
    });
    work.await
}

/// Ends all credentials, sessions and emailed links of an organization, for example after a leak. `email` tells the
/// owner, who can get a new credential with the verified email address.
pub async fn end_credentials(
    store: &Store,
    id: OrganizationId,
    reason: String,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<EndedAccess, StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let row = get_in(tx, id).await?;
            let credentials = credentials::revoke_all(tx, now, id, Holder::All).await?;
            let sessions = sessions::close_all(tx, &row.id).await?;
            links::delete_all(tx, &row.id).await?;
            links::delete_of_purpose(tx, &row.id, LinkPurpose::Restore).await?;
            let metadata = json!({ "reason": reason, "revoked": credentials, "endedSessions": sessions });
            record(tx, id, "organization.credentials_ended", metadata, email, now).await?;
            Ok(EndedAccess { credentials, sessions })
        })
    });
    work.await
}

async fn set_suspension(
    tx: &Transaction,
    id: OrganizationId,
    reason: Option<String>,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let before = get_in(tx, id).await?;
    let mut active = before.clone().into_active_model();
    active.suspended_at = ActiveValue::Set(reason.is_some().then_some(now.as_millisecond()));
    active.suspension_reason = ActiveValue::Set(reason);
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    let row = active.update(tx).await?;
    outbox::add_listing_change(tx, &before, &row, now.as_millisecond()).await?;
    Ok(row)
}

async fn record(
    tx: &Transaction,
    id: OrganizationId,
    action: &'static str,
    metadata: Value,
    email: Option<NewEmail>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some(email) = email {
        email_queue::add(tx, email, now.as_millisecond()).await?;
    }
    let entry = Entry { actor: "operator".to_owned(), ..Entry::by_organization(id, action, metadata) };
    audit::append(tx, now, entry).await
}
