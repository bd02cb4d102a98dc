//! `POST /api/v1/signup`

use axum::extract::State;
use axum::response::Response;
use domain::email::Email;
use domain::field::{InvalidValue, Line};
use domain::id::{CredentialId, OrganizationId};
use domain::organization::PLACEHOLDER_NAME;
use domain::rejection::FieldError;
use domain::scope::{Scope, Scopes};
use domain::secret::{Purpose, Secret};
use domain::time::rfc3339;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::credentials::NewCredential;
use store::records::OrganizationRecord;
use store::signup::{self, LinkPurpose, NewOrganization};
use utoipa::ToSchema;

use super::links;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::OptionalBody;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::limits::Key;
use crate::services::SignupService;
use crate::view::credential::NewCredentialView;
use crate::view::organization::OrganizationView;
use web::client_prefix::network_of;

/// Request to sign up. All fields are optional.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "organizationName": "Northquay Freight Desk", "email": "ops@northquay-freight.example" }))]
pub struct SignupRequest {
    /// Name of the organization.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub organization_name: Option<String>,
    /// Email address of the owner. Without one, the organization is provisional and expires after 72 hours.
    #[schema(format = Email, max_length = 254)]
    pub email: Option<String>,
    /// Display name in the marketplace.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub display_name: Option<String>,
}

/// New organization with a working credential.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignupResponse {
    /// Organization.
    pub organization: OrganizationView,
    /// Admin credential, with all scopes. Only this response contains the secret.
    pub credential: NewCredentialView,
    /// Time at which the organization expires unless claimed.
    #[schema(format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// URL of the page that claims the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_url: Option<String>,
    /// Claim code. Anyone who has it can claim the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_code: Option<String>,
}

struct ValidSignup {
    name: String,
    display_name: Option<String>,
    email: Option<Email>,
}

impl SignupRequest {
    fn validate(self) -> Result<ValidSignup, ApiError> {
        let mut fields = Vec::new();
        let mut collect = |field: &str, parsed: Result<Option<String>, InvalidValue>| match parsed {
            Ok(value) => value,
            Err(error) => {
                fields.push(FieldError { field: field.to_owned(), reason: error.0 });
                None
            }
        };
        let line = |text: Option<String>| text.map(|text| Line::<100>::parse(&text).map(Line::into_string)).transpose();
        let name = collect("organizationName", line(self.organization_name));
        let display_name = collect("displayName", line(self.display_name));
        let email = match self.email.map(|text| Email::parse(&text)).transpose() {
            Ok(email) => email,
            Err(error) => {
                fields.push(FieldError { field: "email".to_owned(), reason: error.0 });
                None
            }
        };
        if !fields.is_empty() {
            return Err(ApiError::Validation { fields });
        }
        Ok(ValidSignup { name: name.unwrap_or_else(|| PLACEHOLDER_NAME.to_owned()), display_name, email })
    }
}

/// Sign up
///
/// Creates an organization with a working admin credential. No account or email address is required; without an email
/// address, the organization is provisional and expires after 72 hours unless claimed.
#[utoipa::path(post, path = "/signup", tag = "Sign-up", operation_id = "signUp",
    request_body(content = SignupRequest), responses((status = 201, description = "Created organization with its credential.", body = SignupResponse)))]
pub async fn create(
    State(service): State<SignupService>,
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    OptionalBody(sent): OptionalBody<SignupRequest>,
) -> Result<Response, ApiError> {
    let signup = sent.validate()?;
    service.throttle.take(Key::Signup(address))?;
    service.throttle.take(Key::SignupNetwork(address))?;
    let id = OrganizationId::new();
    let secret = Secret::generate(Purpose::Admin)?;
    let claim_code = if signup.email.is_none() { Some(Secret::generate(Purpose::Claim)?) } else { None };
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
        name: signup.name,
        display_name: signup.display_name,
        email: signup.email.clone(),
        claim_hash: claim_code.as_ref().map(|code| service.keys.pepper().hash(code)),
        network: Some(network_of(address)),
    };
    let now = service.registry.now();
    let row = new.into_record(now.as_millisecond());
    let link = match signup.email {
        Some(email) => {
            let facts = links::facts_of_new(row.clone());
            Some(links::verification_link(&service, &facts, LinkPurpose::Verify, email).await?)
        }
        None => None,
    };
    let claim_url = claim_code.as_ref().map(|code| service.origins.portal_page(&format!("/claim/{}", code.reveal())));
    let respond = move |row: &OrganizationRecord| {
        let response = SignupResponse {
            expires_at: row.expires_at.map(rfc3339),
            organization: row.clone().into(),
            credential,
            claim_url,
            claim_code: claim_code.map(|code| code.reveal().to_owned()),
        };
        JsonResponse::secret(StatusCode::CREATED, &response)
    };
    let (store, max) = (&service.registry.store, service.max_provisional);
    let work = async |call| Ok(signup::create(store, row, admin, link, max, now, call).await?);
    let response = idempotent.run(respond, work).await?;
    service.mailer.wake();
    Ok(response)
}
