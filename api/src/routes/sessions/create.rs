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

/// Create a session
///
/// Creates a handle that a portal stores for its user instead of the client secret. A session has all scopes of the
/// organization, so the token must have them too. It can be revoked separately and expires 30 days after its last use;
/// a session of a provisional organization expires with the organization.
#[utoipa::path(post, path = "/sessions", tag = "Sessions", operation_id = "openSession", security(("bearer" = ["admin:orgs"])),
    responses((status = 201, description = "Session with its handle.", body = NewSessionView)))]
pub async fn create(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    caller: Caller<AdminOrgs>,
    Idempotent(call): Idempotent,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<(StatusCode, Json<NewSessionView>), ApiError> {
    caller.require_organization()?;
    // A session has all scopes, so its creator needs them as well.
    if let Some(scope) = Scope::ALL.into_iter().find(|scope| !caller.scopes.contains(*scope)) {
        return Err(ApiError::Forbidden { scope });
    }
    let handle = Secret::generate(Purpose::Session)?;
    let handle_hash = keys.pepper().hash(&handle);
    let session = sessions::open(&registry.store, caller.actor(), handle_hash, registry.now(), call).await?;
    Ok((StatusCode::CREATED, Json(NewSessionView::new(session, &handle))))
}
