//! `DELETE /api/v1/sessions/{sessionId}`

use axum::extract::{Path, State};
use http::StatusCode;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::error::{ApiError, Missing};
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::entity::session;

/// There is no such session, or it is another tenant's.
const NONE: ApiError = ApiError::NotFound { missing: Missing::Session };

/// End a session
///
/// `current` is the one that the call is made with.
#[utoipa::path(delete, path = "/sessions/{sessionId}", tag = "Sessions", operation_id = "endSession", security(("bearer" = ["admin:orgs"])),
    params(("sessionId" = String, Path, description = "The session's identifier, or `current`.")),
    responses((status = 204, description = "The session has ended.")))]
pub async fn end(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Path(id): Path<String>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.organization_alone()?;
    let id = match (id.as_str(), &caller.session_id) {
        ("current", Some(current)) => current.clone(),
        ("current", None) => return Err(NONE),
        _ => id,
    };
    let (identity, now) = (caller.identity(), app.clock.now());
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let ended = session::Entity::delete_many()
                    .filter(session::Column::Id.eq(id.clone()))
                    .filter(session::Column::OrganizationId.eq(identity.organization_id.to_string()))
                    .exec(tx)
                    .await?;
                if ended.rows_affected == 0 {
                    return Err(NONE);
                }
                audit::append(tx, now, Entry::by(&identity, None, "session.ended", json!({ "sessionId": id }))).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
