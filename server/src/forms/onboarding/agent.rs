//! `POST /get-started`: an organization, its first agent and that agent's credential.

use app::model::onboarding::{AgentFields, capabilities};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::Error;
use client::types::{AgentType, CredentialRequest, NewAgent, Signup};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::WRONG;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Refused, Sender, form_key, is_too_quick, read_key, refused};
use crate::session::{Session, Unseen};
use crate::site_paths::GET_STARTED;
use crate::view;
use crate::view::onboarding::Organization;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    key: String,
    name: String,
    agent_type: String,
    capabilities: String,
    organization: String,
    email: String,
    /// Not empty where it is meant for an organization that is there.
    another: String,
    /// A field that no person sees.
    website: String,
}

/// Makes them and leads on to the page that shows them; where that is not possible, the form comes back with all that was
/// typed. The same form twice makes them once.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = crate::forms::read(sent, "the fields of a new agent")?;
    let fields = AgentFields {
        name: sent.name,
        agent_type: sent.agent_type,
        capabilities: sent.capabilities,
        organization: sent.organization,
        email: sent.email,
    };
    let mut session = desk.session(&sender);
    let key = match check(&fields, &sent.key, &sent.website) {
        Ok(key) => key,
        Err(refused) => return again(&desk, &sender, &fields, &sent.key, *refused, session.as_ref(), None).await,
    };
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    if session.is_none() && !sent.another.is_empty() {
        return again(&desk, &sender, &fields, &sent.key, over(), None, None).await;
    }
    let made = provision(&desk, &sender, &mut session, &fields, key).await;
    if made.as_ref().is_err_and(Error::is_unauthorized) && session.take().is_some() {
        let cookie = Some(desk.seal.clear()?);
        return again(&desk, &sender, &fields, &sent.key, over(), None, cookie).await;
    }
    let cookie = session.as_ref().map(|session| desk.seal.set(session)).transpose()?;
    match made {
        Ok(()) => desk.lead_to(GET_STARTED, cookie),
        Err(error) => again(&desk, &sender, &fields, &sent.key, refused(&error), session.as_ref(), cookie).await,
    }
}

/// Said where the organization that the agent was meant for can't be reached any more: in another one it would end unseen.
fn over() -> Refused {
    let notice = "Your session has ended: you signed out, it was revoked, or the organization wasn’t claimed in time. No agent was created. Submit the form again to create a new organization, or first replace a lost secret to sign in again.";
    Refused::told(StatusCode::FORBIDDEN, Some(notice))
}

/// The form's key, where a person can have typed all of it.
fn check(fields: &AgentFields, key: &str, unseen_field: &str) -> Result<Uuid, Box<Refused>> {
    let problems = fields.problems();
    if !problems.is_none() {
        return Err(Box::new(Refused { status: WRONG, problems, notice: None }));
    }
    let notice = match read_key(key) {
        _ if !unseen_field.is_empty() => "We couldn’t process that submission: a hidden field was filled. Try again.",
        None => "The form was incomplete. Submit it again.",
        Some(key) if is_too_quick(key) => "We couldn’t process that submission. Try again.",
        Some(key) => return Ok(key),
    };
    Err(Box::new(Refused::told(WRONG, Some(notice))))
}

/// Each step has a key of its own, made of the form's and of what is sent: what was done already is answered again and not
/// done again, and what was mended is another thing.
async fn provision(
    desk: &Onboarding,
    sender: &Sender,
    session: &mut Option<Session>,
    fields: &AgentFields,
    key: Uuid,
) -> Result<(), Error> {
    let api = desk.api_for(sender);
    let typed = content::fingerprint(format!("{fields:?}").as_bytes(), 12);
    let step = |name: &str| format!("{key}-{name}-{typed}");
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let known = match session {
        Some(known) => known,
        None => {
            let signup = Signup {
                organization_name: given(&fields.organization),
                email: given(&fields.email),
                ..Signup::default()
            };
            let signed = api.idempotency_key(&step("organization")).signup().create(&signup).await?;
            let admin = api.with_credentials(&signed.credential.client_id, signed.credential.client_secret);
            let opened = admin.idempotency_key(&step("session")).sessions().open().await?;
            let mailed_at = given(&fields.email).map(|_| Timestamp::now());
            session.insert(Session { claim_code: signed.claim_code, mailed_at, ..Session::new(opened.handle) })
        }
    };
    let own = api.with_bearer(known.handle.clone());
    let agent = NewAgent::new(
        fields.name.trim(),
        AgentType::from(fields.agent_type.as_str()),
        capabilities(&fields.capabilities),
    );
    let agent = own.idempotency_key(&step("agent")).agents().create(&agent).await?;
    let key = step("credential");
    let request = CredentialRequest::default();
    own.idempotency_key(&key).credentials().create(agent.agent_id, &request).await?;
    known.agent = Some(agent.agent_id);
    known.unseen = Some(Unseen { key: key.into(), agent: agent.agent_id, replaced: None });
    Ok(())
}

async fn again(
    desk: &Onboarding,
    sender: &Sender,
    fields: &AgentFields,
    key: &str,
    refused: Refused,
    session: Option<&Session>,
    cookie: Option<http::HeaderValue>,
) -> Result<Response, PageError> {
    let status: StatusCode = refused.status;
    // Its own key, if it is one: what was done already is not done again.
    let key = read_key(key).map_or_else(form_key, |key| key.to_string());
    let organization = if session.is_some() { Organization::Open } else { Organization::None };
    let view = view::onboarding::started(&desk.generation(), fields, refused, organization, key);
    desk.page(view, status, sender, cookie).await
}
