//! Updates of an agent.

use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::AgentFields;
use domain::id::AgentId;
use domain::version::{ExpectedVersion, etag};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::row::{email_taken, read_profile, write_profile};
use super::{check_public_name, get_in, require_living};
use crate::audit::{self, Entry};
use crate::entity::agent;
use crate::records::AgentRecord;
use crate::{Store, StoreError, claims, organizations, outbox};

/// Updates the fields of an agent that are given. Fields that don't differ change nothing.
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
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: AgentId,
    fields: AgentFields,
    expected: &ExpectedVersion,
    now: Timestamp,
) -> Result<AgentRecord, StoreError> {
    let before = get_in(tx, actor.organization_id, id).await?;
    // Errors of the request come first: a precondition is checked where the change would be made (RFC 9110, section 13.2.1).
    let profile = fields.change(read_profile(&before)?)?;
    require_living(&before)?;
    expected.check(&etag(&before.id, before.revision))?;
    let mut row = before.clone();
    write_profile(profile, &mut row)?;
    let changed = changed_fields(&before, &row);
    if changed.is_empty() {
        return Ok(before);
    }
    if row.is_public && (row.name != before.name || !before.is_public) {
        check_public_name(&row.name)?;
    }
    let ms = now.as_millisecond();
    let state = organizations::state_in(tx, actor.organization_id).await?;
    let (was_published, is_published) = (outbox::is_published(&before, state), outbox::is_published(&row, state));
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
    let entry = Entry::by(actor, Some(id), "agent.updated", json!({ "fields": changed, "status": row.status }));
    audit::append(tx, now, entry).await?;
    Ok(row)
}

/// Names of the fields that differ, as the contract spells them.
fn changed_fields(before: &AgentRecord, after: &AgentRecord) -> Vec<&'static str> {
    [
        ("name", before.name != after.name),
        ("description", before.description != after.description),
        ("email", before.email != after.email),
        ("agentType", before.agent_type != after.agent_type),
        ("version", before.version != after.version),
        ("capabilities", before.capabilities != after.capabilities),
        ("tags", before.tags != after.tags),
        ("skills", before.skills != after.skills),
        ("owner", before.owner != after.owner),
        ("deploymentEnv", before.deployment_env != after.deployment_env),
        ("status", before.status != after.status),
        ("isPublic", before.is_public != after.is_public),
        ("endpointUrl", before.endpoint_url != after.endpoint_url),
        ("publicKeys", before.public_keys != after.public_keys),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
