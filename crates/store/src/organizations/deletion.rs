//! Requests to delete an organization.

use std::sync::Arc;

use domain::actor::Actor;
use domain::retention::DELETION_GRACE_MS;
use domain::time::rfc3339;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, DatabaseTransaction, IntoActiveModel as _};
use serde_json::json;

use super::get_in;
use crate::audit::{self, Entry};
use crate::records::OrganizationRecord;
use crate::{Store, StoreError, outbox};

/// Requests or cancels the deletion of the actor's organization. A second call changes nothing.
pub async fn set_deletion(
    store: &Store,
    actor: Arc<Actor>,
    is_requested: bool,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, is_requested, now).await })).await
}

async fn apply(
    tx: &DatabaseTransaction,
    actor: &Actor,
    is_requested: bool,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let row = get_in(tx, actor.organization_id).await?;
    if row.deletion_asked_at.is_some() == is_requested {
        return Ok(row);
    }
    let requested_at = is_requested.then_some(now.as_millisecond());
    let mut active = row.into_active_model();
    active.deletion_asked_at = ActiveValue::Set(requested_at);
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    let row = active.update(tx).await?;
    // The listings don't change yet, but caches that follow changes must reload.
    outbox::add_appearance_changes(tx, &row, None, now.as_millisecond()).await?;
    let action = if is_requested { "organization.deletion_requested" } else { "organization.restored" };
    let deletion_at = requested_at.map(|at| rfc3339(at + DELETION_GRACE_MS));
    audit::append(tx, now, Entry::by_actor(actor, None, action, json!({ "deletionAt": deletion_at }))).await?;
    Ok(row)
}
