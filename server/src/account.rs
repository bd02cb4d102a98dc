//! The reader's organization and its agents, fetched from the API.

use app::model::onboarding::NewCredential;
use client::types::{AgentQuery, ClaimQuery, Organization, OrganizationStatus};
use client::{AgentId, Client, Error, Paging};
use site::view::account::{AccountOverview, AgentDetail};

/// Maximum items of each list on the page.
const MAX_ITEMS: u64 = 100;

/// Organization of a session.
#[derive(Clone, Debug)]
pub enum Account {
    /// Can act.
    Active(Box<AccountOverview>),
    /// Suspended, or its deletion was requested: nothing else can be fetched.
    Inactive(Box<Organization>),
}

/// Fetches an organization with its agents, claims and sessions. `api` carries the session.
///
/// # Errors
///
/// Errors of the API: 401 for an expired session.
pub async fn fetch_account(api: &Client) -> Result<Account, Error> {
    let organization = api.organizations().get().await?;
    if organization.status != OrganizationStatus::Active {
        return Ok(Account::Inactive(Box::new(organization)));
    }
    let (tiers, agents, claims, sessions) = (api.tiers(), api.agents(), api.claims(), api.sessions());
    let agent_query = AgentQuery { limit: Some(MAX_ITEMS), ..AgentQuery::default() };
    let claim_query = ClaimQuery { limit: Some(MAX_ITEMS), ..ClaimQuery::default() };
    let session_paging = Paging { limit: Some(MAX_ITEMS), ..Paging::default() };
    let (tier, agents, claims, sessions) = tokio::try_join!(
        tiers.status(),
        agents.list(&agent_query),
        claims.list(&claim_query),
        sessions.list(&session_paging),
    )?;
    let (claims, sessions) = (claims.data, sessions.data);
    Ok(Account::Active(Box::new(AccountOverview { organization, tier, agents, claims, sessions })))
}

/// Fetches an agent with its credentials. `api` carries the session.
///
/// # Errors
///
/// Errors of the API: 401 for an expired session, 404 for an agent of another organization.
pub async fn fetch_agent(
    api: &Client,
    id: AgentId,
    new_credential: Option<NewCredential>,
) -> Result<AgentDetail, Error> {
    let (agents, credentials) = (api.agents(), api.credentials());
    let paging = Paging { limit: Some(MAX_ITEMS), ..Paging::default() };
    let (agent, credentials) = tokio::try_join!(agents.get(id), credentials.list(id, &paging))?;
    Ok(AgentDetail { agent, credentials: credentials.data, new_credential })
}
