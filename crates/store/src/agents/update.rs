//! Updates of an agent.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::AgentFields;
use domain::id::AgentId;
use domain::version::{ExpectedVersion, etag};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{check_public_name, email_taken, get_in, require_not_decommissioned};
use crate::audit::{self, Entry};
use crate::entity::agent::{self, read_profile, write_profile};
use crate::records::AgentRecord;
use crate::{Store, StoreError, claims, organizations, outbox};

/// Updates the fields of an agent that are set. Equal values change nothing.
///
/// # Errors
///
/// [`Rejection::InvalidFields`](domain::rejection::Rejection::InvalidFields), and the rejections of
/// [`register`](super::register) without the quota; `Removed` for a decommissioned agent; `VersionMismatch`.
pub async fn update(
    store: &Store,
    actor: Arc<Actor>,
    id: AgentId,
    fields: AgentFields,
    expected: ExpectedVersion,
    now: Timestamp,
) -> Result<AgentRecord, StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, id, fields, &expected, now).await })).await
}

async fn apply(
    tx: &Transaction,
    actor: &Actor,
    id: AgentId,
    fields: AgentFields,
    expected: &ExpectedVersion,
    now: Timestamp,
) -> Result<AgentRecord, StoreError> {
    let before = get_in(tx, actor.organization_id, id).await?;
    // Validation errors come first: preconditions apply where the change would be made (RFC 9110, section 13.2.1).
    let profile_before = read_profile(&before)?;
    let profile = fields.update(profile_before.clone())?;
    require_not_decommissioned(&before)?;
    expected.check(&etag(&before.id, before.revision))?;
    let changed = profile_before.changed_fields(&profile);
    if changed.is_empty() {
        return Ok(before);
    }
    let mut row = before.clone();
    write_profile(profile, &mut row)?;
    if row.is_public && (row.name != before.name || !before.is_public) {
        check_public_name(&row.name)?;
    }
    let ms = now.as_millisecond();
    let organization = organizations::get_in(tx, actor.organization_id).await?;
    let (was_published, is_published) =
        (outbox::is_published(&before, &organization), outbox::is_published(&row, &organization));
    row.revision += 1;
    row.updated_at = ms;
    if is_published && row.published_at.is_none() {
        row.published_at = Some(ms);
    }
    let updated = agent::Entity::update(row.clone().into_active_model().reset_all()).exec(tx).await;
    updated.map_err(|error| email_taken(error, row.email.as_deref()))?;
    outbox::add_change(tx, &row.id, was_published, is_published, ms).await?;
    if changed.contains(&"publicKeys") {
        claims::expire_unfounded(tx, now, actor, &row).await?;
    }
    let entry = Entry::by_actor(actor, Some(id), "agent.updated", json!({ "fields": changed, "status": row.status }));
    audit::append(tx, now, entry).await?;
    Ok(row)
}
