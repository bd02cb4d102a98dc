//! `POST /api/v1/sessions`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde_json::json;

use crate::domain::scope::Scope;
use crate::error::ApiError;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::{organizations, sessions};
use crate::view::session::NewSessionView;

/// Open a session
///
/// A handle that a portal keeps for its user instead of the secret. It has all of the organization's scopes, so the
/// token that opens it has to have them too; it can be
/// ended by itself, and lasts 30 days from its last use; that of a provisional organization ends with it.
#[utoipa::path(post, path = "/sessions", tag = "Sessions", operation_id = "openSession", security(("bearer" = ["admin:orgs"])),
    responses((status = 201, description = "The session.", body = NewSessionView)))]
pub async fn create(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<(StatusCode, Json<NewSessionView>), ApiError> {
    caller.organization_alone()?;
    // A session may do everything: who opens one has to be able to do that already.
    if let Some(scope) = Scope::ALL.into_iter().find(|scope| !caller.scopes.has(*scope)) {
        return Err(ApiError::Forbidden { scope });
    }
    let (identity, now, shared) = (caller.identity(), app.clock.now(), app.clone());
    let opened = app
        .store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let row = organizations::get(tx, identity.organization_id).await?;
                let opened =
                    sessions::open(tx, now, identity.organization_id, row.expires_at, shared.keys.pepper()).await?;
                let entry = Entry::by(&identity, None, "session.opened", json!({ "sessionId": opened.row.id }));
                audit::append(tx, now, entry).await?;
                Ok::<_, ApiError>(opened)
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}
