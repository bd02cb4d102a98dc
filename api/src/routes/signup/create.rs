//! `POST /api/v1/signup`

use axum::Json;
use axum::extract::State;
use domain::email::Email;
use domain::field::{Line, Refusal};
use domain::id::{CredentialId, OrganizationId};
use domain::organization::NAMELESS;
use domain::rejection::FieldError;
use domain::scope::{Scope, Scopes};
use domain::secret::{Purpose, Secret};
use domain::time::rfc3339;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::credentials::NewCredential;
use store::signup::{self, LinkPurpose, NewOrganization};
use utoipa::ToSchema;

use super::post;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::OptionalBody;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::SignupService;
use crate::view::credential::NewCredentialView;
use crate::view::organization::OrganizationView;

/// What is sent to sign up. All of it may be missing.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "organizationName": "Northquay Freight Desk", "email": "ops@northquay-freight.example" }))]
pub struct Signup {
    /// What the organization is called.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub organization_name: Option<String>,
    /// Address of whoever answers for it. Without one, the organization is provisional and ends after 72 hours.
    #[schema(format = Email, max_length = 254)]
    pub email: Option<String>,
    /// What the marketplace calls it.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub display_name: Option<String>,
}

/// A new organization. It works at once.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedUp {
    /// The organization.
    pub organization: OrganizationView,
    /// Its admin credential, with all scopes. The secret is shown here and never again.
    pub credential: NewCredentialView,
    /// When it ends, if nobody claims it.
    #[schema(format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// A page where a person claims it with an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_url: Option<String>,
    /// What it is claimed with. Whoever has it can claim the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_code: Option<String>,
}

struct Wanted {
    name: String,
    display_name: Option<String>,
    email: Option<Email>,
}

impl Signup {
    fn check(self) -> Result<Wanted, ApiError> {
        let mut fields = Vec::new();
        let mut take = |field: &str, read: Result<Option<String>, Refusal>| match read {
            Ok(value) => value,
            Err(refusal) => {
                fields.push(FieldError { field: field.to_owned(), reason: refusal.0 });
                None
            }
        };
        let line = |text: Option<String>| text.map(|text| Line::<100>::read(&text).map(Line::into_string)).transpose();
        let name = take("organizationName", line(self.organization_name));
        let display_name = take("displayName", line(self.display_name));
        let email = match self.email.map(|text| Email::read(&text)).transpose() {
            Ok(email) => email,
            Err(refusal) => {
                fields.push(FieldError { field: "email".to_owned(), reason: refusal.0 });
                None
            }
        };
        if !fields.is_empty() {
            return Err(ApiError::Validation { fields });
        }
        Ok(Wanted { name: name.unwrap_or_else(|| NAMELESS.to_owned()), display_name, email })
    }
}

/// Sign up
///
/// Makes an organization with an admin credential that works at once. No account is needed, and no address: without
/// one, the organization is provisional and ends after 72 hours unless a person claims it.
#[utoipa::path(post, path = "/signup", tag = "Sign-up", operation_id = "signUp",
    request_body(content = Signup), responses((status = 201, description = "The organization is there.", body = SignedUp)))]
pub async fn create(
    State(service): State<SignupService>,
    Idempotent(call): Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    OptionalBody(sent): OptionalBody<Signup>,
) -> Result<(StatusCode, Json<SignedUp>), ApiError> {
    let wanted = sent.check()?;
    service.throttle.take(Key::Signup(address))?;
    service.throttle.take(Key::SignupNetwork(address))?;
    let id = OrganizationId::new();
    let secret = Secret::make(Purpose::Admin)?;
    let claim_code = if wanted.email.is_none() { Some(Secret::make(Purpose::Claim)?) } else { None };
    let credential_id = CredentialId::new();
    let scopes = Scopes::from_iter(Scope::ALL);
    let credential = NewCredentialView::new(credential_id.to_string(), id.to_string(), &secret, &scopes, None);
    let admin = NewCredential {
        id: credential_id,
        organization_id: id,
        agent_id: None,
        secret_hash: service.keys.pepper().hash(&secret),
        scopes,
        expires_at: None,
    };
    let new = NewOrganization {
        id,
        name: wanted.name,
        display_name: wanted.display_name,
        email: wanted.email.clone(),
        claim_hash: claim_code.as_ref().map(|code| service.keys.pepper().hash(code)),
    };
    let row =
        signup::create(&service.registry.store, new, admin, service.max_provisional, service.registry.now(), call)
            .await?;
    if let Some(email) = wanted.email {
        post::confirmation(&service, id, LinkPurpose::Verify, email);
    }
    let claim_url = claim_code.as_ref().map(|code| service.origins.portal_page(&format!("/claim/{}", code.reveal())));
    let signed_up = SignedUp {
        expires_at: row.expires_at.map(rfc3339),
        organization: row.into(),
        credential,
        claim_url,
        claim_code: claim_code.map(|code| code.reveal().to_owned()),
    };
    Ok((StatusCode::CREATED, Json(signed_up)))
}
