//! `POST /api/v1/organizations/me/restore` and `POST /api/v1/signup/restore`

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::secret::Secret;
use http::StatusCode;
use store::organizations;
use store::records::OrganizationRecord;

use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::{Body, NoBody};
use crate::extract::caller::{AdminOrgs, Caller, InAnyStatus};
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::limits::Key;
use crate::registry::Registry;
use crate::routes::signup::verify::{LinkToken, count_invalid_code};
use crate::services::SignupService;
use crate::view::organization::OrganizationView;

/// Restore your organization
///
/// Cancels the deletion. Credentials, tokens, DIDs and listings work again.
#[utoipa::path(post, path = "/organizations/me/restore", tag = "Organizations", operation_id = "restoreOrganization",
    security(("bearer" = ["admin:orgs"])), responses((status = 200, description = "The deletion is canceled.", body = OrganizationView)))]
pub async fn restore(
    State(registry): State<Registry>,
    caller: Caller<InAnyStatus<AdminOrgs>>,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<Json<OrganizationView>, ApiError> {
    caller.require_organization()?;
    Ok(Json(organizations::restore(&registry.store, caller.actor(), registry.now()).await?.into()))
}

/// Restore an organization by email
///
/// Cancels a deletion with the code from the email about it, which works once, until the deletion.
#[utoipa::path(post, path = "/signup/restore", tag = "Sign-up", operation_id = "restoreByEmail",
    request_body(content = LinkToken), responses((status = 204, description = "The deletion is canceled.")))]
pub async fn restore_by_email(
    State(service): State<SignupService>,
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Response, ApiError> {
    service.throttle.take(Key::Signup(address))?;
    let hash = service.keys.pepper().hash(&Secret::new(token));
    let respond = |_: &OrganizationRecord| Ok(JsonResponse::empty(StatusCode::NO_CONTENT));
    let work = async |call| {
        let now = service.registry.now();
        let restored = organizations::restore_by_code(&service.registry.store, hash, now, call).await;
        count_invalid_code(&service, address, &restored)?;
        Ok(restored?)
    };
    idempotent.run(respond, work).await
}
