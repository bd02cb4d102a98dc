//! How far a reader has come, as the API knows it.

use app::model::onboarding::{FirstCall, Shown};
use client::types::{Agent, AgentQuery, AgentStatus, AuditQuery, CredentialRequest, Organization, Rotation};
use client::{AgentId, Client, Error};
use jiff::Timestamp;

use crate::session::Session;

/// What the API says of a session.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Its organization.
    pub organization: Organization,
    /// Its first agent, if there is one.
    pub agent: Option<Agent>,
    /// That agent's first call, if it came.
    pub call: Option<FirstCall>,
    /// A credential whose secret was not shown yet.
    pub credential: Option<Shown>,
}

/// Asks for all of it. `api_origin` is what stands in the lines of a .env file.
///
/// # Errors
///
/// As the API answers: 401 where the session is over.
pub async fn begun(api: &Client, session: &Session, api_origin: &str) -> Result<Progress, Error> {
    let api = api.with_bearer(session.handle.clone());
    let organizations = api.organizations();
    let (organization, agent) = tokio::try_join!(organizations.get(), agent(&api, session))?;
    let Some(agent) = agent else { return Ok(Progress { organization, agent: None, call: None, credential: None }) };
    let secret = unseen(&api, session, agent.agent_id, api_origin);
    let (call, credential) = tokio::try_join!(first_call(&api, agent.agent_id), secret)?;
    Ok(Progress { organization, agent: Some(agent), call, credential })
}

/// The first call of an agent, as the audit trail has it. `api` shows the session's handle.
///
/// # Errors
///
/// As the API answers: 401 where the session is over.
pub async fn first_call(api: &Client, agent: AgentId) -> Result<Option<FirstCall>, Error> {
    let query = AuditQuery {
        agent_id: Some(agent),
        action: Some("api.first_call".to_owned()),
        limit: Some(1),
        ..AuditQuery::default()
    };
    let event = api.audit().list(&query).await?.data.into_iter().next();
    Ok(event.map(|event| {
        let text =
            |name: &str| event.metadata.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        FirstCall {
            line: format!("{} {}", text("method"), text("path")),
            at: second(event.timestamp),
            request_id: text("requestId"),
        }
    }))
}

/// The credential of an agent that this session made and nobody saw. `api` shows the session's handle.
///
/// # Errors
///
/// As the API answers, but for one that can't be had any more: then there is none.
pub async fn unseen(api: &Client, session: &Session, agent: AgentId, api_origin: &str) -> Result<Option<Shown>, Error> {
    // A key answers again for its own agent alone; for another, it would make a credential.
    let Some(unseen) = session.unseen.as_ref().filter(|unseen| unseen.agent == agent) else { return Ok(None) };
    let asked = api.idempotency_key(unseen.key.reveal()).credentials();
    let made = match unseen.replaced {
        Some(replaced) => asked.rotate(agent, replaced, &Rotation::default()).await,
        None => asked.create(agent, &CredentialRequest::default()).await,
    };
    match made {
        Ok(made) => Ok(Some(shown(&made.client_id.to_string(), made.client_secret.reveal(), api_origin))),
        // Another one is made in its place.
        Err(error) if error.status().is_some_and(|status| status.is_client_error()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The agent that the session names, or else the first that the organization has.
async fn agent(api: &Client, session: &Session) -> Result<Option<Agent>, Error> {
    if let Some(id) = session.agent {
        match api.agents().get(id).await {
            Ok(agent) if agent.status != AgentStatus::Decommissioned => return Ok(Some(agent)),
            Ok(_) => {}
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    let query = AgentQuery { limit: Some(1), status: Some(AgentStatus::Active), ..AgentQuery::default() };
    Ok(api.agents().list(&query).await?.data.into_iter().next())
}

/// A credential as it is shown once.
pub fn shown(client_id: &str, client_secret: &str, api_origin: &str) -> Shown {
    Shown {
        client_id: client_id.to_owned(),
        client_secret: client_secret.to_owned(),
        env: format!("SENTRYAGENT_API_URL={api_origin}\nCLIENT_ID={client_id}\nCLIENT_SECRET={client_secret}\n"),
    }
}

fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
