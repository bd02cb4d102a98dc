//! The progress of a sign-up, fetched from the API.

use app::model::onboarding::{FirstCall, NewCredential};
use client::types::{Agent, AgentQuery, AgentStatus, AuditQuery};
use client::{AgentId, Client, Error};
use jiff::Timestamp;
use site::view::onboarding::SignupProgress;

use crate::session::Session;

/// Fetches the progress of a session.
///
/// # Errors
///
/// Errors of the API: 401 for an expired session, 403 for an organization that can't act.
pub async fn fetch_progress(api: &Client, session: &Session) -> Result<SignupProgress, Error> {
    let api = api.with_bearer(session.handle.clone());
    let organizations = api.organizations();
    let (organization, agent) = tokio::try_join!(organizations.get(), fetch_agent(&api, session))?;
    let Some(agent) = agent else {
        return Ok(SignupProgress { organization, agent: None, call: None, credential: None });
    };
    let call = fetch_first_call(&api, agent.agent_id).await?;
    Ok(SignupProgress { organization, agent: Some(agent), call, credential: None })
}

/// Fetches the first call of an agent from the audit trail. `api` carries the session.
///
/// # Errors
///
/// Errors of the API: 401 for an expired session.
pub async fn fetch_first_call(api: &Client, agent: AgentId) -> Result<Option<FirstCall>, Error> {
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
            at: format_second(event.timestamp),
            request_id: text("requestId"),
        }
    }))
}

/// Fetches the agent of the session, or else the first agent of the organization.
async fn fetch_agent(api: &Client, session: &Session) -> Result<Option<Agent>, Error> {
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

/// Formats a credential for its only display, with the contents of a .env file.
pub fn credential_lines(client_id: &str, client_secret: &str, api_origin: &str) -> NewCredential {
    NewCredential {
        client_id: client_id.to_owned(),
        client_secret: client_secret.to_owned(),
        env: format!("SENTRYAGENT_API_URL={api_origin}\nCLIENT_ID={client_id}\nCLIENT_SECRET={client_secret}\n"),
    }
}

fn format_second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
