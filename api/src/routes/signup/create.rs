//! `POST /api/v1/signup`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use sea_orm::{ActiveValue, EntityTrait as _};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::post;
use crate::clock::rfc3339;
use crate::domain::email::Email;
use crate::domain::field::{Line, Refusal};
use crate::domain::id::{CredentialId, OrganizationId};
use crate::domain::name;
use crate::domain::organization::{NAMELESS, State as Standing, suggest_slug};
use crate::domain::scope::{Scope, Scopes};
use crate::domain::secret::{Purpose, Secret};
use crate::domain::tier::Tier;
use crate::error::{ApiError, FieldError};
use crate::extract::address::ClientAddress;
use crate::extract::body::OptionalBody;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::state::{App, Shared};
use crate::store::audit::{self, Entry};
use crate::store::credentials::{self, NewCredential};
use crate::store::entity::organization;
use crate::store::links::LinkPurpose;
use crate::store::organizations;
use crate::view::credential::NewCredentialView;
use crate::view::organization::OrganizationView;

/// How long a provisional organization lasts, in milliseconds.
const PROVISIONAL_MS: i64 = 72 * 3_600_000;
/// How long a provisional organization that nobody uses is safe while there are as many as there may be, in milliseconds.
const UNUSED_MS: i64 = 3_600_000;

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
    State(app): Shared,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    OptionalBody(signup): OptionalBody<Signup>,
) -> Result<(StatusCode, Json<SignedUp>), ApiError> {
    let wanted = signup.check()?;
    app.limits.take(Key::Signup(address))?;
    app.limits.take(Key::SignupNetwork(address))?;
    let id = OrganizationId::new();
    let secret = Secret::make(Purpose::Admin)?;
    let claim_code = if wanted.email.is_none() { Some(Secret::make(Purpose::Claim)?) } else { None };
    let row = row(&app, id, &wanted, claim_code.as_ref());
    let credential_id = CredentialId::new();
    let scopes = Scopes::from_iter(Scope::ALL);
    let credential = NewCredentialView::new(credential_id.to_string(), id.to_string(), &secret, &scopes, None);
    let admin = NewCredential {
        id: credential_id,
        organization_id: id,
        agent_id: None,
        secret_hash: app.keys.pepper().hash(&secret),
        scopes,
        expires_at: None,
    };
    keep(&app, row.clone(), admin).await?;
    if let Some(email) = wanted.email {
        post::confirmation(&app, id, LinkPurpose::Verify, email);
    }
    let claim_url = claim_code.as_ref().map(|code| app.config.portal_page(&format!("/claim/{}", code.reveal())));
    let signed_up = SignedUp {
        expires_at: row.expires_at.map(rfc3339),
        organization: row.into(),
        credential,
        claim_url,
        claim_code: claim_code.map(|code| code.reveal().to_owned()),
    };
    Ok((StatusCode::CREATED, Json(signed_up)))
}

fn row(app: &App, id: OrganizationId, wanted: &Wanted, claim_code: Option<&Secret>) -> organization::Model {
    let now = app.clock.now_ms();
    let state = if wanted.email.is_some() { Standing::Unverified } else { Standing::Provisional };
    organization::Model {
        id: id.to_string(),
        name: wanted.name.clone(),
        display_name: wanted.display_name.clone(),
        name_key: name::key(wanted.display_name.as_ref().unwrap_or(&wanted.name)),
        slug: suggest_slug(&wanted.name, &id.0.simple().to_string()),
        email: wanted.email.as_ref().map(ToString::to_string),
        email_key: wanted.email.as_ref().map(Email::key),
        state: state.as_str().to_owned(),
        tier: Tier::Free.as_str().to_owned(),
        expires_at: (state == Standing::Provisional).then_some(now + PROVISIONAL_MS),
        claim_hash: claim_code.map(|code| app.keys.pepper().hash(code)),
        deletion_asked_at: None,
        created_at: now,
        updated_at: now,
    }
}

async fn keep(app: &Arc<App>, row: organization::Model, admin: NewCredential) -> Result<(), ApiError> {
    let now = app.clock.now();
    let most = u64::from(app.config.limits.provisional);
    let id = admin.organization_id;
    let metadata = json!({ "name": row.name, "state": row.state, "credentialId": admin.id });
    let entry = Entry::of(id, "organization.created", metadata);
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                if row.state == Standing::Provisional.as_str() && organizations::provisional(tx).await? >= most {
                    // What nobody has used in its first hour makes room: a flood of sign-ups keeps nobody out for long.
                    let before = now.as_millisecond() - UNUSED_MS;
                    let unused = organizations::oldest_unused(tx, before).await?.ok_or_else(|| too_many(most))?;
                    organizations::erase(tx, unused, now.as_millisecond()).await?;
                }
                organization::Entity::insert(active(row)).exec_without_returning(tx).await?;
                credentials::insert(tx, now, admin).await?;
                audit::append(tx, now, entry).await?;
                Ok(())
            })
        })
        .await
}

/// There are more provisional organizations than the operator allows: a person with an address still gets in.
fn too_many(most: u64) -> ApiError {
    ApiError::RateLimited {
        policy: "provisional",
        limit: most,
        current: most,
        window_seconds: 72 * 3600,
        retry_after: 3600,
    }
}

fn active(row: organization::Model) -> organization::ActiveModel {
    organization::ActiveModel {
        id: ActiveValue::Set(row.id),
        name: ActiveValue::Set(row.name),
        display_name: ActiveValue::Set(row.display_name),
        name_key: ActiveValue::Set(row.name_key),
        slug: ActiveValue::Set(row.slug),
        email: ActiveValue::Set(row.email),
        email_key: ActiveValue::Set(row.email_key),
        state: ActiveValue::Set(row.state),
        tier: ActiveValue::Set(row.tier),
        expires_at: ActiveValue::Set(row.expires_at),
        claim_hash: ActiveValue::Set(row.claim_hash),
        deletion_asked_at: ActiveValue::Set(row.deletion_asked_at),
        created_at: ActiveValue::Set(row.created_at),
        updated_at: ActiveValue::Set(row.updated_at),
    }
}
