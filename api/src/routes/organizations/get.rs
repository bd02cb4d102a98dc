//! `GET /api/v1/organizations/me`

use axum::Json;
use axum::extract::State;
use store::organizations;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller, InAnyStatus};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::organization::OrganizationView;

/// Get your organization
///
/// Returns the organization with its state, status, expiry, tier and slug. Works in any status.
#[utoipa::path(get, path = "/organizations/me", tag = "Organizations", operation_id = "getOrganization",
    security(("bearer" = ["agents:read"])), responses((status = 200, description = "Organization.", body = OrganizationView)))]
pub async fn get(
    State(registry): State<Registry>,
    caller: Caller<InAnyStatus<AgentsRead>>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<OrganizationView>, ApiError> {
    caller.require_organization()?;
    Ok(Json(organizations::get(&registry.store, caller.organization_id).await?.into()))
}
