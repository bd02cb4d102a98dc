//! `POST /api/v1/signup/verify`

use axum::Json;
use axum::extract::State;
use domain::secret::{Purpose, Secret};
use serde::{Deserialize, Serialize};
use store::signup;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::services::SignupService;
use crate::view::organization::OrganizationView;
use crate::view::session::NewSessionView;

/// A link's code.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "slink_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE" }))]
pub struct LinkToken {
    /// The code at the end of the link in the mail.
    #[schema(max_length = 200)]
    pub token: String,
}

/// An organization whose address was confirmed, and a session for whoever did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    /// The organization.
    pub organization: OrganizationView,
    /// A session: who reads the mailbox may act for the organization.
    pub session: NewSessionView,
}

/// Confirm an address
///
/// Takes the code of a mail that sign-up or a claim has sent. It works once, for 24 hours. The organization is verified
/// from then on; identifiers, credentials and agents stay.
#[utoipa::path(post, path = "/signup/verify", tag = "Sign-up", operation_id = "verifyEmail",
    request_body(content = LinkToken), responses((status = 200, description = "The address is confirmed.", body = Verified)))]
pub async fn verify(
    State(service): State<SignupService>,
    Idempotent(call): Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Json<Verified>, ApiError> {
    let hash = service.keys.pepper().hash(&Secret::given(token));
    let handle = Secret::make(Purpose::Session)?;
    let handle_hash = service.keys.pepper().hash(&handle);
    let Some(confirmed) =
        signup::confirm(&service.registry.store, hash, handle_hash, service.registry.now(), call).await?
    else {
        service.throttle.take_failure(address)?;
        return Err(used());
    };
    let session = NewSessionView::new(confirmed.session, &handle);
    Ok(Json(Verified { organization: confirmed.organization.into(), session }))
}

/// A code that works no longer, or never did.
pub(super) fn used() -> ApiError {
    ApiError::wrong(
        "token",
        "is none that works: it was used, has ended, or somebody else was first; ask for a new mail",
    )
}
