//! The reader's organization and its agents, fetched from the API.

use client::types::{AgentQuery, ClaimQuery};
use client::{AgentId, Client, Error, Paging};
use site::view::account::{AccountOverview, AgentDetail};

use crate::onboarding::fetch_pending_credential;
use crate::session::Session;

/// Maximum items of each list on the page.
const MAX_ITEMS: u64 = 100;

/// Fetches an organization with its agents, claims and sessions. `api` carries the session.
///
/// # Errors
///
/// Errors of the API: 401 for an expired session.
pub async fn fetch_account(api: &Client) -> Result<AccountOverview, Error> {
    let (organizations, tiers, agents, claims, sessions) =
        (api.organizations(), api.tiers(), api.agents(), api.claims(), api.sessions());
    let agent_query = AgentQuery { limit: Some(MAX_ITEMS), ..AgentQuery::default() };
    let claim_query = ClaimQuery { limit: Some(MAX_ITEMS), ..ClaimQuery::default() };
    let session_paging = Paging { limit: Some(MAX_ITEMS), ..Paging::default() };
    let (organization, tier, agents, claims, sessions) = tokio::try_join!(
        organizations.get(),
        tiers.status(),
        agents.list(&agent_query),
        claims.list(&claim_query),
        sessions.list(&session_paging),
    )?;
    Ok(AccountOverview { organization, tier, agents, claims: claims.data, sessions: sessions.data })
}

/// Fetches an agent with its credentials. `api` carries the session.
///
/// # Errors
///
/// Errors of the API: 401 for an expired session, 404 for an agent of another organization.
pub async fn fetch_agent(api: &Client, session: &Session, id: AgentId, api_origin: &str) -> Result<AgentDetail, Error> {
    let (agents, credentials) = (api.agents(), api.credentials());
    let paging = Paging { limit: Some(MAX_ITEMS), ..Paging::default() };
    // The pending credential first, so that the list includes it.
    let new_credential = fetch_pending_credential(api, session, id, api_origin).await?;
    let (agent, credentials) = tokio::try_join!(agents.get(id), credentials.list(id, &paging))?;
    Ok(AgentDetail { agent, credentials: credentials.data, new_credential })
}
