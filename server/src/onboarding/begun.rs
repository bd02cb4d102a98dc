//! How far a reader has come, as the API knows it.

use app::model::onboarding::{FirstCall, Shown};
use client::types::{Agent, AgentQuery, AgentStatus, AuditQuery, CredentialRequest, Organization};
use client::{Client, Error};
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
    let query = AuditQuery {
        agent_id: Some(agent.agent_id),
        action: Some("api.first_call".to_owned()),
        limit: Some(1),
        ..AuditQuery::default()
    };
    let (audit, credentials) = (api.audit(), api.clone());
    let secret = async {
        // A key answers again for its own agent alone; for another, it would make a credential.
        let own = session.unseen.as_ref().filter(|_| session.agent == Some(agent.agent_id));
        let Some(key) = own else { return Ok(None) };
        let asked = credentials.idempotency_key(key.reveal()).credentials();
        match asked.create(agent.agent_id, &CredentialRequest::default()).await {
            Ok(made) => Ok(Some(shown(&made.client_id.to_string(), made.client_secret.reveal(), api_origin))),
            // It can't be had any more: another one is made in its place.
            Err(error) if error.status().is_some_and(|status| status.is_client_error()) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let (calls, credential) = tokio::try_join!(audit.list(&query), secret)?;
    let call = calls.data.into_iter().next().map(|event| {
        let text =
            |name: &str| event.metadata.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        FirstCall {
            line: format!("{} {}", text("method"), text("path")),
            at: second(event.timestamp),
            request_id: text("requestId"),
        }
    });
    Ok(Progress { organization, agent: Some(agent), call, credential })
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
