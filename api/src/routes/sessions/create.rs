//! `POST /api/v1/sessions`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::scope::Scope;
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use store::sessions;

use crate::error::ApiError;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::keys::Keys;
use crate::registry::Registry;
use crate::view::session::NewSessionView;

/// Open a session
///
/// A handle that a portal keeps for its user instead of the secret. It has all of the organization's scopes, so the
/// token that opens it has to have them too; it can be
/// ended by itself, and lasts 30 days from its last use; that of a provisional organization ends with it.
#[utoipa::path(post, path = "/sessions", tag = "Sessions", operation_id = "openSession", security(("bearer" = ["admin:orgs"])),
    responses((status = 201, description = "The session.", body = NewSessionView)))]
pub async fn create(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    caller: Caller<AdminOrgs>,
    Idempotent(call): Idempotent,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<(StatusCode, Json<NewSessionView>), ApiError> {
    caller.require_organization()?;
    // A session may do everything: who opens one has to be able to do that already.
    if let Some(scope) = Scope::ALL.into_iter().find(|scope| !caller.scopes.has(*scope)) {
        return Err(ApiError::Forbidden { scope });
    }
    let handle = Secret::make(Purpose::Session)?;
    let handle_hash = keys.pepper().hash(&handle);
    let session = sessions::open(&registry.store, caller.actor(), handle_hash, registry.now(), call).await?;
    Ok((StatusCode::CREATED, Json(NewSessionView::new(session, &handle))))
}
