//! What a reader's organization has, as the API knows it.

use app::model::onboarding::Shown;
use client::types::{Agent, AgentQuery, Claim, ClaimQuery, Credential, Organization, Session as Open, TierStatus};
use client::{AgentId, Client, Error, List, Paging};

use crate::onboarding::unseen;
use crate::session::Session;

/// Most of each that the page shows.
const MOST: u64 = 100;

/// An organization and all that it has.
#[derive(Clone, Debug)]
pub struct Holdings {
    /// The organization.
    pub organization: Organization,
    /// What it may use and has used.
    pub tier: TierStatus,
    /// Its agents.
    pub agents: List<Agent>,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its sessions.
    pub sessions: Vec<Open>,
}

/// An agent and its credentials.
#[derive(Clone, Debug)]
pub struct Held {
    /// The agent.
    pub agent: Agent,
    /// Its credentials.
    pub credentials: Vec<Credential>,
    /// A credential whose secret was not shown yet.
    pub unseen: Option<Shown>,
}

/// Asks for all of an organization. `api` shows the session's handle.
///
/// # Errors
///
/// As the API answers: 401 where the session is over.
pub async fn holdings(api: &Client) -> Result<Holdings, Error> {
    let (organizations, tiers, agents, claims, sessions) =
        (api.organizations(), api.tiers(), api.agents(), api.claims(), api.sessions());
    let of_agents = AgentQuery { limit: Some(MOST), ..AgentQuery::default() };
    let of_claims = ClaimQuery { limit: Some(MOST), ..ClaimQuery::default() };
    let of_sessions = Paging { limit: Some(MOST), ..Paging::default() };
    let (organization, tier, agents, claims, sessions) = tokio::try_join!(
        organizations.get(),
        tiers.status(),
        agents.list(&of_agents),
        claims.list(&of_claims),
        sessions.list(&of_sessions),
    )?;
    Ok(Holdings { organization, tier, agents, claims: claims.data, sessions: sessions.data })
}

/// Asks for one agent. `api` shows the session's handle.
///
/// # Errors
///
/// As the API answers: 401 where the session is over, 404 where it is somebody else's.
pub async fn held(api: &Client, session: &Session, id: AgentId, api_origin: &str) -> Result<Held, Error> {
    let (agents, credentials) = (api.agents(), api.credentials());
    let paging = Paging { limit: Some(MOST), ..Paging::default() };
    // First what was not shown yet: it is among the credentials then.
    let unseen = unseen(api, session, id, api_origin).await?;
    let (agent, credentials) = tokio::try_join!(agents.get(id), credentials.list(id, &paging))?;
    Ok(Held { agent, credentials: credentials.data, unseen })
}
