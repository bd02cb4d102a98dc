//! `POST /get-started`: creates an organization, its first agent and the agent's credential.

use app::model::onboarding::{AgentFields, NewCredential, capabilities};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{AgentType, CredentialRequest, NewAgent, SignupRequest};
use client::{Error, ErrorCode};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use site::forms::{FormErrors, FormFeedback, new_form_key};
use site::paths::{ACCOUNT, GET_STARTED};
use site::view;
use site::view::onboarding::Organization;
use uuid::Uuid;

use super::INVALID;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, credential_lines, form_errors, is_too_quick, parse_form_key};
use crate::routes::get_started::{show_changed, show_new_credential};
use crate::session::Session;

/// Fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    key: String,
    name: String,
    agent_type: String,
    capabilities: String,
    organization: String,
    email: String,
    /// Not empty for an agent of an existing organization.
    another: String,
    /// Honeypot against bots.
    website: String,
}

/// Creates all three and shows them; a rejected form is shown again with its fields.
/// Submitting the form twice creates them once.
///
/// # Errors
///
/// [`PageError::Internal`] when rendering fails.
pub async fn send(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = crate::forms::parse_form(sent, "the fields of a new agent")?;
    let fields = AgentFields {
        name: sent.name,
        agent_type: sent.agent_type,
        capabilities: sent.capabilities,
        organization: sent.organization,
        email: sent.email,
    };
    let mut session = onboarding.session(&requester);
    let key = match check(&fields, &sent.key, &sent.website) {
        Ok(key) => key,
        Err(errors) => {
            return show_again(&onboarding, &requester, &fields, &sent.key, *errors, session.as_ref(), None).await;
        }
    };
    if let Some(response) = onboarding.rate_limit(&requester) {
        return Ok(response);
    }
    if session.is_none() && !sent.another.is_empty() {
        return show_again(&onboarding, &requester, &fields, &sent.key, session_expired(), None, None).await;
    }
    let result = provision(&onboarding, &requester, &mut session, &fields, key).await;
    if result.as_ref().is_err_and(Error::is_unauthorized) && session.take().is_some() {
        let cookie = Some(onboarding.cookies.clear()?);
        return show_again(&onboarding, &requester, &fields, &sent.key, session_expired(), None, cookie).await;
    }
    let cookie = session.as_ref().map(|session| onboarding.cookies.set(session)).transpose()?;
    match result {
        // In this response only: no page can show the secret again.
        Ok(credential) => match session {
            Some(session) => show_new_credential(&onboarding, &requester, session, credential).await,
            None => onboarding.redirect_to(GET_STARTED, cookie),
        },
        // The page of the organization says why.
        Err(error) if error.is_organization_inactive() => onboarding.redirect_to(ACCOUNT, cookie),
        Err(error) if error.code() == Some(&ErrorCode::IdempotencyResponseLost) => match session {
            Some(session) if session.agent.is_some() => {
                let feedback = FormFeedback::with_notice(StatusCode::CONFLICT, ALREADY_CREATED);
                show_changed(&onboarding, &requester, session, feedback).await
            }
            // A new key: the old one would be refused again.
            session => {
                let errors = FormErrors::with_notice(StatusCode::CONFLICT, Some(RESULT_LOST));
                show_again(&onboarding, &requester, &fields, "", errors, session.as_ref(), cookie).await
            }
        },
        Err(error) => {
            show_again(&onboarding, &requester, &fields, &sent.key, form_errors(&error), session.as_ref(), cookie).await
        }
    }
}

/// Notice about a form that was submitted again, long after it created an agent.
const ALREADY_CREATED: &str = "This form was submitted before. Your agent is shown below; its secret is not shown again. Create a new secret if you lost it.";
/// Notice about a form whose first result was lost.
const RESULT_LOST: &str = "This form was submitted more than 10 minutes ago, and its result can’t be shown any more. Submit it again to create a new agent.";

/// Error for an agent of an organization whose session has expired: created in another organization, the agent would be
/// lost.
fn session_expired() -> FormErrors {
    let notice = "Your session has ended: you signed out, it was revoked, or the organization wasn’t claimed in time. No agent was created. Submit the form again to create a new organization, or first replace a lost secret to sign in again.";
    FormErrors::with_notice(StatusCode::FORBIDDEN, Some(notice))
}

/// Validates the form and returns its key, unless a bot submitted it.
fn check(fields: &AgentFields, key: &str, hidden_field: &str) -> Result<Uuid, Box<FormErrors>> {
    let problems = fields.problems();
    if !problems.is_none() {
        return Err(Box::new(FormErrors { status: INVALID, problems, notice: None }));
    }
    let notice = match parse_form_key(key) {
        _ if !hidden_field.is_empty() => "We couldn’t process that submission: a hidden field was filled. Try again.",
        None => "The form was incomplete. Submit it again.",
        Some(key) if is_too_quick(key) => "We couldn’t process that submission. Try again.",
        Some(key) => return Ok(key),
    };
    Err(Box::new(FormErrors::with_notice(INVALID, Some(notice))))
}

/// Creates organization, agent and credential. The idempotency key of each step is derived from the form's key and
/// fields: completed steps are not repeated, and corrected ones run again.
async fn provision(
    onboarding: &Onboarding,
    requester: &Requester,
    session: &mut Option<Session>,
    fields: &AgentFields,
    key: Uuid,
) -> Result<NewCredential, Error> {
    let api = onboarding.api_for(requester);
    let typed = content::fingerprint(format!("{fields:?}").as_bytes(), 12);
    let step = |name: &str| format!("{key}-{name}-{typed}");
    let non_empty = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let session = match session {
        Some(session) => session,
        None => {
            let signup = SignupRequest {
                organization_name: non_empty(&fields.organization),
                email: non_empty(&fields.email),
                ..SignupRequest::default()
            };
            let signed = api.idempotency_key(&step("organization")).signup().create(&signup).await?;
            let admin = api.with_credentials(&signed.credential.client_id, signed.credential.client_secret);
            let opened = admin.idempotency_key(&step("session")).sessions().open().await?;
            let emailed_at = non_empty(&fields.email).map(|_| Timestamp::now());
            session.insert(Session { claim_code: signed.claim_code, emailed_at, ..Session::new(opened.handle) })
        }
    };
    let own = api.with_bearer(session.handle.clone());
    let agent = NewAgent::new(
        fields.name.trim(),
        AgentType::from(fields.agent_type.as_str()),
        capabilities(&fields.capabilities),
    );
    let agent = own.idempotency_key(&step("agent")).agents().create(&agent).await?;
    // Known from here on: a form that is submitted again leads to this agent.
    session.agent = Some(agent.agent_id);
    let key = step("credential");
    let request = CredentialRequest::default();
    let created = own.idempotency_key(&key).credentials().create(agent.agent_id, &request).await?;
    let origin = &onboarding.snapshot().context.settings.api_origin;
    Ok(credential_lines(&created.client_id.to_string(), created.client_secret.reveal(), origin))
}

async fn show_again(
    onboarding: &Onboarding,
    requester: &Requester,
    fields: &AgentFields,
    key: &str,
    errors: FormErrors,
    session: Option<&Session>,
    cookie: Option<http::HeaderValue>,
) -> Result<Response, PageError> {
    let status: StatusCode = errors.status;
    // The form keeps its key, so that completed steps are not repeated.
    let key = parse_form_key(key).map_or_else(new_form_key, |key| key.to_string());
    let organization = if session.is_some() { Organization::Open } else { Organization::None };
    let view = view::onboarding::start_with_key(&onboarding.snapshot().context, fields, errors, organization, key);
    onboarding.render_page(view, status, requester, cookie).await
}
