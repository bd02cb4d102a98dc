//! `POST /api/v1/sessions`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::scope::Scope;
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use store::records::SessionRecord;
use store::sessions;

use crate::error::ApiError;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller, InAnyStatus};
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
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
    caller: Caller<InAnyStatus<AdminOrgs>>,
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<Response, ApiError> {
    caller.require_organization()?;
    // A session has all scopes, so its creator needs them as well.
    if let Some(scope) = Scope::ALL.into_iter().find(|scope| !caller.scopes.contains(*scope)) {
        return Err(ApiError::Forbidden { scope });
    }
    let handle = Secret::generate(Purpose::Session)?;
    let handle_hash = keys.pepper().hash(&handle);
    let respond = move |session: &SessionRecord| {
        JsonResponse::secret(StatusCode::CREATED, &NewSessionView::new(session.clone(), &handle))
    };
    let (actor, now) = (caller.actor(), registry.now());
    let work = async |call| Ok(sessions::open(&registry.store, actor, handle_hash, now, call).await?);
    idempotent.run(respond, work).await
}
