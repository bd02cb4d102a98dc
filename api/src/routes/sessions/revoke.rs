//! `DELETE /api/v1/sessions/{sessionId}`

use axum::extract::{Path, State};
use domain::rejection::Resource;
use http::StatusCode;
use store::sessions;

use crate::error::ApiError;
use crate::extract::caller::{AdminOrgs, Caller, InAnyStatus};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;

/// Session not found, or of another organization.
const NONE: ApiError = ApiError::NotFound { missing: Resource::Session };

/// Sign out
///
/// Revokes a session. `current` is the session of this call.
#[utoipa::path(delete, path = "/sessions/{sessionId}", tag = "Sessions", operation_id = "endSession", security(("bearer" = ["admin:orgs"])),
    params(("sessionId" = String, Path, description = "ID of the session, or `current`.")),
    responses((status = 204, description = "The session is revoked.")))]
pub async fn revoke(
    State(registry): State<Registry>,
    caller: Caller<InAnyStatus<AdminOrgs>>,
    Path(id): Path<String>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.require_organization()?;
    let id = match (id.as_str(), &caller.session_id) {
        ("current", Some(current)) => current.clone(),
        ("current", None) => return Err(NONE),
        _ => id,
    };
    sessions::close(&registry.store, caller.actor(), id, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
