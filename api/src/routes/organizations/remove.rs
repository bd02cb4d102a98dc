//! `DELETE /api/v1/organizations/me` and `POST /api/v1/organizations/me/restore`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::state::{App, Shared};
use crate::store::audit::{self, Entry};
use crate::store::entity::organization;
use crate::store::{agents, organizations};
use crate::view::organization::{GRACE_MS, OrganizationView};

/// Delete your organization
///
/// After 7 days all that it holds is erased, but the end of its audit trail. Until then everything works, and the
/// deletion can be undone.
#[utoipa::path(delete, path = "/organizations/me", tag = "Organizations", operation_id = "deleteOrganization",
    security(("bearer" = ["admin:orgs"])), responses((status = 202, description = "It will be deleted.", body = OrganizationView)))]
pub async fn remove(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<(StatusCode, Json<OrganizationView>), ApiError> {
    let row = ask(&app, &caller, true).await?;
    Ok((StatusCode::ACCEPTED, Json(row.into())))
}

/// Undo the deletion of your organization
#[utoipa::path(post, path = "/organizations/me/restore", tag = "Organizations", operation_id = "restoreOrganization",
    security(("bearer" = ["admin:orgs"])), responses((status = 200, description = "It stays.", body = OrganizationView)))]
pub async fn restore(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<Json<OrganizationView>, ApiError> {
    Ok(Json(ask(&app, &caller, false).await?.into()))
}

/// Notes the wish, or takes it back. Either of them again changes nothing.
async fn ask(app: &App, caller: &Caller<AdminOrgs>, is_wanted: bool) -> Result<organization::Model, ApiError> {
    caller.organization_alone()?;
    let (identity, now) = (caller.identity(), app.clock.now());
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let row = organizations::get(tx, identity.organization_id).await?;
                if row.deletion_asked_at.is_some() == is_wanted {
                    return Ok(row);
                }
                let asked_at = is_wanted.then_some(now.as_millisecond());
                let mut active = row.into_active_model();
                active.deletion_asked_at = ActiveValue::Set(asked_at);
                active.updated_at = ActiveValue::Set(now.as_millisecond());
                let row = active.update(tx).await?;
                // Nothing that is shown is different yet. Whoever keeps copies for as long as it hears nothing looks again.
                agents::tell_shown(tx, &row, None, now.as_millisecond()).await?;
                let action = if is_wanted { "organization.deletion_requested" } else { "organization.restored" };
                let metadata = json!({ "deletionAt": asked_at.map(|asked| rfc3339(asked + GRACE_MS)) });
                audit::append(tx, now, Entry::by(&identity, None, action, metadata)).await?;
                Ok(row)
            })
        })
        .await
}
