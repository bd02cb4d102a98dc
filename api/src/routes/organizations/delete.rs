//! `DELETE /api/v1/organizations/me` and `POST /api/v1/organizations/me/restore`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use store::organizations;
use store::records::OrganizationRecord;

use crate::error::ApiError;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::organization::OrganizationView;

/// Delete your organization
///
/// Deletes the organization with all its data after 7 days, except the head of its audit trail. Until then, all
/// operations work, and the deletion can be canceled.
#[utoipa::path(delete, path = "/organizations/me", tag = "Organizations", operation_id = "deleteOrganization",
    security(("bearer" = ["admin:orgs"])), responses((status = 202, description = "The organization is scheduled for deletion.", body = OrganizationView)))]
pub async fn delete(
    State(registry): State<Registry>,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<(StatusCode, Json<OrganizationView>), ApiError> {
    let row = set_deletion(&registry, &caller, true).await?;
    Ok((StatusCode::ACCEPTED, Json(row.into())))
}

/// Cancel the deletion of your organization
#[utoipa::path(post, path = "/organizations/me/restore", tag = "Organizations", operation_id = "restoreOrganization",
    security(("bearer" = ["admin:orgs"])), responses((status = 200, description = "The deletion is canceled.", body = OrganizationView)))]
pub async fn restore(
    State(registry): State<Registry>,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<Json<OrganizationView>, ApiError> {
    Ok(Json(set_deletion(&registry, &caller, false).await?.into()))
}

/// Requests the deletion, or cancels the request.
async fn set_deletion(
    registry: &Registry,
    caller: &Caller<AdminOrgs>,
    is_requested: bool,
) -> Result<OrganizationRecord, ApiError> {
    caller.require_organization()?;
    Ok(organizations::set_deletion(&registry.store, caller.actor(), is_requested, registry.now()).await?)
}
