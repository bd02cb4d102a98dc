//! `PATCH /api/v1/organizations/me`

use axum::Json;
use axum::extract::State;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::domain::agent::{AgentStatus, Word as _, present};
use crate::domain::field::{Line, Text};
use crate::domain::name;
use crate::domain::organization::{NAMELESS, State as Standing, read_slug, suggest_slug};
use crate::error::{ApiError, FieldError};
use crate::extract::body::Body;
use crate::extract::caller::{AdminOrgs, Caller, Identity};
use crate::extract::query::{NoParams, Query};
use crate::identity::stored;
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::entity::{agent, old_slug, organization};
use crate::store::{agents, organizations};
use crate::view::organization::OrganizationView;

/// How often a slug may change: each old one stays taken.
const MOST_RENAMES: u64 = 5;

/// What may change. Fields that are left out stay.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[allow(clippy::option_option, reason = "the outer one is the field, the inner one null")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "displayName": "Northquay Freight", "slug": "northquay" }))]
pub struct OrganizationChange {
    /// What it is called. Agents that were registered before it had a name are answered for by this one from then on, and
    /// until its address is confirmed its slug follows.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub name: Option<String>,
    /// What the marketplace calls it. Empty or `null`: its name.
    #[serde(default, deserialize_with = "present")]
    #[schema(inline, value_type = Option<Text<100>>)]
    pub display_name: Option<Option<String>>,
    /// Its name in addresses. The old one leads to the new one from then on.
    #[schema(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", min_length = 3, max_length = 40)]
    pub slug: Option<String>,
}

struct Wanted {
    name: Option<String>,
    /// The outer one says whether it changes.
    #[expect(clippy::option_option, reason = "the inner one says whether there is one")]
    display_name: Option<Option<String>>,
    slug: Option<String>,
}

impl OrganizationChange {
    fn check(self) -> Result<Wanted, ApiError> {
        let mut fields = Vec::new();
        let mut fault = |field: &str, refusal: crate::domain::field::Refusal| {
            fields.push(FieldError { field: field.to_owned(), reason: refusal.0 });
        };
        let line = |text: &str| Line::<100>::read(text).map(Line::into_string);
        let name = self.name.and_then(|text| line(&text).map_err(|refusal| fault("name", refusal)).ok());
        let display_name = self.display_name.and_then(|given| {
            let text = given.unwrap_or_default();
            let read = Text::<100>::read(&text).map(Text::into_string);
            let read = read.and_then(|text| if text.is_empty() { Ok(None) } else { line(&text).map(Some) });
            read.map_err(|refusal| fault("displayName", refusal)).ok()
        });
        let slug = self.slug.and_then(|text| read_slug(&text).map_err(|refusal| fault("slug", refusal)).ok());
        if fields.is_empty() { Ok(Wanted { name, display_name, slug }) } else { Err(ApiError::Validation { fields }) }
    }
}

/// Change your organization
#[utoipa::path(patch, path = "/organizations/me", tag = "Organizations", operation_id = "updateOrganization",
    security(("bearer" = ["admin:orgs"])), request_body(content = OrganizationChange),
    responses((status = 200, description = "The organization as it is now.", body = OrganizationView)))]
pub async fn change(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    Body(change): Body<OrganizationChange>,
) -> Result<Json<OrganizationView>, ApiError> {
    caller.organization_alone()?;
    let wanted = change.check()?;
    let (identity, now) = (caller.identity(), app.clock.now());
    let row = app.store.writer.run(move |tx| Box::pin(async move { apply(tx, &identity, wanted, now).await })).await?;
    Ok(Json(row.into()))
}

async fn apply(
    tx: &DatabaseTransaction,
    caller: &Identity,
    wanted: Wanted,
    now: jiff::Timestamp,
) -> Result<organization::Model, ApiError> {
    let row = organizations::get(tx, caller.organization_id).await?;
    // By the row: the address may have been confirmed since the caller was looked up.
    let is_verified = row.state == Standing::Verified.as_str();
    let mut changed = Vec::new();
    let mut active = row.clone().into_active_model();
    if let Some(name) = wanted.name.filter(|name| *name != row.name) {
        // Until its address is confirmed it can choose none, and nobody was shown the one it has.
        let slug = suggest_slug(&name, &caller.organization_id.0.simple().to_string());
        changed.push("name");
        if !is_verified && slug != row.slug && organizations::is_slug_free(tx, &slug, caller.organization_id).await? {
            active.slug = ActiveValue::Set(slug);
            changed.push("slug");
        }
        if row.name == NAMELESS {
            name_owner(tx, caller, &name, now).await?;
        }
        active.name = ActiveValue::Set(name);
    }
    if let Some(name) = wanted.display_name.filter(|name| *name != row.display_name) {
        active.display_name = ActiveValue::Set(name);
        changed.push("displayName");
    }
    if !changed.is_empty() {
        let name = active.display_name.as_ref().as_ref().unwrap_or(active.name.as_ref());
        if is_verified {
            organizations::check_public_name(tx, name, caller.organization_id).await?;
        }
        active.name_key = ActiveValue::Set(name::key(name));
    }
    if let Some(slug) = wanted.slug.filter(|slug| *slug != row.slug) {
        if !is_verified {
            return Err(ApiError::wrong("slug", "can be chosen once the organization's address is confirmed"));
        }
        // Going back to one that is its own anyway takes no other one away from anybody.
        let is_own = organizations::is_old_slug(tx, &slug, caller.organization_id).await?;
        if !is_own && organizations::old_slugs(tx, caller.organization_id).await? >= MOST_RENAMES {
            return Err(ApiError::wrong(
                "slug",
                format!(
                    "was changed {MOST_RENAMES} times already, and each old one stays yours: go back to one of them"
                ),
            ));
        }
        if !organizations::is_slug_free(tx, &slug, caller.organization_id).await? {
            return Err(ApiError::wrong("slug", "is taken"));
        }
        rename(tx, &row, &slug).await?;
        active.slug = ActiveValue::Set(slug);
        changed.push("slug");
    }
    if changed.is_empty() {
        return Ok(row);
    }
    active.updated_at = ActiveValue::Set(now.as_millisecond());
    let row = active.update(tx).await?;
    // Its published agents are shown with its name.
    agents::tell_shown(tx, &row, None, now.as_millisecond()).await?;
    audit::append(tx, now, Entry::by(caller, None, "organization.updated", json!({ "fields": changed }))).await?;
    Ok(row)
}

/// Agents that were registered while the organization had no name are answered for by the name it has now.
async fn name_owner(
    tx: &DatabaseTransaction,
    caller: &Identity,
    name: &str,
    now: jiff::Timestamp,
) -> Result<(), ApiError> {
    let nameless = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(caller.organization_id.to_string()))
        .filter(agent::Column::Owner.eq(NAMELESS))
        .filter(agent::Column::Status.ne(AgentStatus::Decommissioned.word()));
    for row in nameless.all(tx).await? {
        let id = stored(&row.id)?;
        let metadata = json!({ "fields": ["owner"], "status": row.status });
        let revision = row.revision + 1;
        let mut active = row.into_active_model();
        active.owner = ActiveValue::Set(name.to_owned());
        active.revision = ActiveValue::Set(revision);
        active.updated_at = ActiveValue::Set(now.as_millisecond());
        active.update(tx).await?;
        audit::append(tx, now, Entry::by(caller, Some(id), "agent.updated", metadata)).await?;
    }
    Ok(())
}

/// The old slug stays its own, and leads to it; the new one is no longer an old one.
async fn rename(tx: &DatabaseTransaction, row: &organization::Model, slug: &str) -> Result<(), ApiError> {
    old_slug::Entity::delete_by_id(slug.to_owned()).exec(tx).await?;
    let old = old_slug::ActiveModel {
        slug: ActiveValue::Set(row.slug.clone()),
        organization_id: ActiveValue::Set(row.id.clone()),
    };
    let already = OnConflict::column(old_slug::Column::Slug).do_nothing().to_owned();
    old_slug::Entity::insert(old).on_conflict(already).exec_without_returning(tx).await?;
    Ok(())
}
