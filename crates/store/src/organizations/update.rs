//! Updates of an organization.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::{AgentStatus, TextForm as _};
use domain::name;
use domain::organization::{PLACEHOLDER_NAME, State, suggest_slug};
use domain::rejection::Rejection;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde_json::json;

use super::{check_public_name, get_in, slugs};
use crate::audit::{self, Entry};
use crate::entity::agent;
use crate::records::OrganizationRecord;
use crate::{Store, StoreError, outbox, parse_stored};

/// Maximum number of slug changes: each former slug stays reserved.
const MAX_RENAMES: u64 = 5;

/// Update of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationUpdate {
    /// Name. Becomes the owner of agents that were registered before the organization had a name.
    pub name: Option<String>,
    /// Display name; the inner `None` falls back to the name.
    pub display_name: Option<Option<String>>,
    /// Slug.
    pub slug: Option<String>,
}

/// Updates the actor's organization.
///
/// # Errors
///
/// `InvalidFields` for the slug; [`Rejection::NameNotAvailable`].
pub async fn update(
    store: &Store,
    actor: Arc<Actor>,
    update: OrganizationUpdate,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, update, now).await })).await
}

async fn apply(
    tx: &Transaction,
    actor: &Actor,
    update: OrganizationUpdate,
    now: Timestamp,
) -> Result<OrganizationRecord, StoreError> {
    let row = get_in(tx, actor.organization_id).await?;
    // Reads the state from the row: the organization may have been verified since the actor was looked up.
    let is_verified = row.state == State::Verified.as_str();
    let mut changed = Vec::new();
    let mut active = row.clone().into_active_model();
    if let Some(name) = update.name.filter(|name| *name != row.name) {
        // Unverified organizations can't choose a slug, and have published nothing under the current one.
        let slug = suggest_slug(&name, &actor.organization_id.0.simple().to_string());
        changed.push("name");
        if !is_verified && slug != row.slug && slugs::is_free(tx, &slug, actor.organization_id).await? {
            active.slug = ActiveValue::Set(slug);
            changed.push("slug");
        }
        if row.name == PLACEHOLDER_NAME {
            name_owner(tx, actor, &name, now).await?;
        }
        active.name = ActiveValue::Set(name);
    }
    if let Some(name) = update.display_name.filter(|name| *name != row.display_name) {
        active.display_name = ActiveValue::Set(name);
        changed.push("displayName");
    }
    if !changed.is_empty() {
        let name = active.display_name.as_ref().as_ref().unwrap_or(active.name.as_ref());
        if is_verified {
            check_public_name(tx, name, actor.organization_id).await?;
        }
        active.name_key = ActiveValue::Set(name::key(name));
    }
    if let Some(slug) = update.slug.filter(|slug| *slug != row.slug) {
        if !is_verified {
            let reason = "can be set only after the organization's email address is verified";
            return Err(Rejection::field("slug", reason).into());
        }
        // Returning to a former slug reserves no further one.
        let is_own = slugs::is_former(tx, &slug, actor.organization_id).await?;
        if !is_own && slugs::count_former(tx, actor.organization_id).await? >= MAX_RENAMES {
            return Err(Rejection::field(
                "slug",
                format!("was already changed {MAX_RENAMES} times; you can only return to a former slug"),
            )
            .into());
        }
        if !slugs::is_free(tx, &slug, actor.organization_id).await? {
            return Err(Rejection::field("slug", "is taken").into());
        }
        slugs::replace(tx, &row, &slug).await?;
        active.slug = ActiveValue::Set(slug);
        changed.push("slug");
    }
    if changed.is_empty() {
        return Ok(row);
    }
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    let row = active.update(tx).await?;
    // Published agents display the organization's name.
    outbox::add_appearance_changes(tx, &row, None, now.as_millisecond()).await?;
    audit::append(tx, now, Entry::by_actor(actor, None, "organization.updated", json!({ "fields": changed }))).await?;
    Ok(row)
}

/// Replaces the placeholder owner of agents that were registered while the organization had no name.
async fn name_owner(tx: &Transaction, actor: &Actor, name: &str, now: Timestamp) -> Result<(), StoreError> {
    let unnamed = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(actor.organization_id.to_string()))
        .filter(agent::Column::Owner.eq(PLACEHOLDER_NAME))
        .filter(agent::Column::Status.ne(AgentStatus::Decommissioned.as_str()));
    for row in unnamed.all(tx).await? {
        let id = parse_stored(&row.id)?;
        let metadata = json!({ "fields": ["owner"], "status": row.status });
        let revision = row.revision + 1;
        let mut active = row.into_active_model();
        active.owner = ActiveValue::Set(name.to_owned());
        active.revision = ActiveValue::Set(revision);
        active.updated_at = ActiveValue::Set(now.as_millisecond());
        active.update(tx).await?;
        audit::append(tx, now, Entry::by_actor(actor, Some(id), "agent.updated", metadata)).await?;
    }
    Ok(())
}
