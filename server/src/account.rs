//! What a reader's organization has, as the API knows it.

use std::collections::BTreeMap;

use app::model::onboarding::{Field, Shown};
use client::types::{Agent, AgentQuery, Claim, ClaimQuery, Credential, Organization, Session as Open, TierStatus};
use client::{AgentId, Client, Error, List, Paging};
use http::StatusCode;

use crate::onboarding::{refused, unseen};
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

/// What is said where a form was not taken: nothing that was typed is lost.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The status of the page that says it.
    pub status: StatusCode,
    /// What is wrong, where no field is at fault.
    pub notice: Option<String>,
    /// What was typed, by the field's name, which is the API's, and what is wrong with it.
    typed: BTreeMap<&'static str, Field>,
}

impl Told {
    /// A word, and no field.
    pub fn notice(status: StatusCode, notice: &str) -> Self {
        Self { status, notice: Some(notice.to_owned()), ..Self::default() }
    }

    /// One field that is wrong.
    pub fn field(name: &'static str, value: &str, problem: &str) -> Self {
        let field = Field { value: value.to_owned(), problem: Some(problem.to_owned()) };
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, notice: None, typed: [(name, field)].into() }
    }

    /// Why the API did not do it, with what was typed into which field.
    pub fn refused(error: &Error, typed: &[(&'static str, &'static str, String)]) -> Self {
        let wrong =
            |name: &str| error.fields().iter().find(|wrong| wrong.field == name).map(|wrong| wrong.reason.clone());
        let typed: BTreeMap<_, _> = typed
            .iter()
            .map(|(_, name, value)| (*name, Field { value: value.clone(), problem: wrong(name) }))
            .collect();
        let refused = refused(error);
        let notice = if typed.values().any(|field| field.problem.is_some()) {
            // It stands beside the field.
            None
        } else {
            let listed = |(field, problem): (&str, &str)| format!("{field} {problem}");
            let of_fields = || refused.problems.listed().map(listed).collect::<Vec<_>>().join(". ");
            Some(refused.notice.clone().unwrap_or_else(of_fields))
        };
        Self { status: refused.status, notice, typed }
    }

    /// A field as it was typed, or else as it is.
    pub fn typed(&self, name: &str, otherwise: &str) -> Field {
        let as_it_is = || Field { value: otherwise.to_owned(), problem: None };
        self.typed.get(name).cloned().unwrap_or_else(as_it_is)
    }
}
