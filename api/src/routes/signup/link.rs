//! `GET /api/v1/signup/link`

use axum::Json;
use axum::extract::State;
use domain::rejection::Rejection;
use domain::secret::Secret;
use domain::time::rfc3339;
use headers::authorization::Bearer;
use headers::{Authorization, HeaderMapExt as _};
use http::HeaderMap;
use serde::Serialize;
use store::signup::{self, OrganizationFacts, PendingLink};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::query::{NoParams, Query};
use crate::services::SignupService;

/// Emailed link that was not used yet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EmailedLink, example = json!({
    "purpose": "verify", "email": "ops@northquay-freight.example", "expiresAt": "2026-12-01T09:30:00.000Z",
    "organization": {
        "organizationId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "name": "Northquay Freight Desk", "state": "unverified",
        "createdAt": "2026-11-30T09:30:00.000Z", "network": "203.0.113.0/24", "agentCount": 1, "credentialCount": 2,
    },
}))]
pub struct EmailedLinkView {
    /// Purpose: `verify`, `claim`, `recover` or `restore`.
    #[schema(pattern = "^(verify|claim|recover|restore)$")]
    pub purpose: &'static str,
    /// Email address that the link was sent to.
    #[schema(format = Email)]
    pub email: String,
    /// Time of expiry.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// Organization that the link acts on.
    pub organization: LinkedOrganizationView,
}

/// Organization of a link, as its recipient sees it before using the link.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LinkedOrganization)]
pub struct LinkedOrganizationView {
    /// ID.
    #[schema(format = Uuid)]
    pub organization_id: String,
    /// Name, as chosen at sign-up.
    pub name: String,
    /// State: `provisional`, `unverified` or `verified`.
    #[schema(pattern = "^(provisional|unverified|verified)$")]
    pub state: String,
    /// Time of the sign-up.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Network that signed up, such as `203.0.113.0/24`. Unknown once the email address is verified.
    pub network: Option<String>,
    /// Number of agents.
    pub agent_count: u64,
    /// Number of active credentials, of the organization and its agents.
    pub credential_count: u64,
}

impl From<PendingLink> for EmailedLinkView {
    fn from(link: PendingLink) -> Self {
        let OrganizationFacts { organization: row, agent_count, credential_count } = link.facts;
        Self {
            purpose: link.purpose.as_str(),
            email: link.email,
            expires_at: rfc3339(link.expires_at),
            organization: LinkedOrganizationView {
                organization_id: row.id,
                name: row.name,
                state: row.state,
                created_at: rfc3339(row.created_at),
                network: row.signup_network,
                agent_count,
                credential_count,
            },
        }
    }
}

/// Get an emailed link
///
/// Returns what a link is for, without using it. Send the code of the link as a bearer token.
#[utoipa::path(get, path = "/signup/link", tag = "Sign-up", operation_id = "getEmailedLink", security(("linkCode" = [])),
    responses((status = 200, description = "Purpose and organization of the link.", body = EmailedLinkView)))]
pub async fn get(
    State(service): State<SignupService>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
) -> Result<Json<EmailedLinkView>, ApiError> {
    let code = headers.typed_get::<Authorization<Bearer>>();
    let code = code.ok_or(ApiError::Unauthorized { reason: None, scope: None })?;
    let hash = service.keys.pepper().hash(&Secret::new(code.token().to_owned()));
    let found = signup::find_link(&service.registry.store, hash, service.registry.now_ms()).await?;
    let Some(link) = found else {
        service.throttle.take_failure(address)?;
        return Err(Rejection::InvalidCode.into());
    };
    Ok(Json(link.into()))
}
