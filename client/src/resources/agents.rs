//! Agents of the organization.

use http::header::IF_MATCH;

use crate::list::{self, BoxStream};
use crate::operation::declare;
use crate::types::{Agent, AgentQuery, AgentUpdate, NewAgent};
use crate::{AgentId, Client, ETag, List, Result};

declare! {
    LIST = Get "listAgents" "/api/v1/agents";
    CREATE = Post "registerAgent" "/api/v1/agents", keyed;
    GET = Get "getAgent" "/api/v1/agents/{agentId}";
    UPDATE = Patch "updateAgent" "/api/v1/agents/{agentId}";
    DECOMMISSION = Delete "decommissionAgent" "/api/v1/agents/{agentId}";
}

/// Agents of the organization.
#[derive(Clone, Debug)]
pub struct Agents(Client);

impl Client {
    /// Agents of the organization.
    pub fn agents(&self) -> Agents {
        Agents(self.clone())
    }
}

impl Agents {
    /// Lists a page of agents, newest first. An agent sees only itself.
    pub async fn list(&self, query: &AgentQuery) -> Result<List<Agent>> {
        self.0.call(LIST).query(query).fetch().await
    }

    /// Streams all agents, from the query's page.
    pub fn all(&self, query: AgentQuery) -> BoxStream<Agent> {
        let agents = self.clone();
        list::all(query.page, move |page| {
            let (agents, query) = (agents.clone(), AgentQuery { page: Some(page), ..query.clone() });
            async move { agents.list(&query).await }
        })
    }

    /// Registers an agent. Its DID resolves immediately.
    ///
    /// # Errors
    ///
    /// `AgentAlreadyExists` if another agent has the email address, `TierLimitExceeded` if the tier allows no more
    /// agents.
    pub async fn create(&self, agent: &NewAgent) -> Result<Agent> {
        self.0.call(CREATE).json(agent).fetch_with_etag().await.map(with_etag)
    }

    /// Returns an agent.
    pub async fn get(&self, id: AgentId) -> Result<Agent> {
        self.0.call_at(GET, &[&id]).fetch_with_etag().await.map(with_etag)
    }

    /// Updates an agent, regardless of its current version.
    pub async fn update(&self, id: AgentId, change: &AgentUpdate) -> Result<Agent> {
        self.0.call_at(UPDATE, &[&id]).json(change).fetch_with_etag().await.map(with_etag)
    }

    /// Updates an agent if its version still matches `etag`.
    ///
    /// # Errors
    ///
    /// `PreconditionFailed` if the version differs: read the agent again.
    pub async fn update_if(&self, id: AgentId, etag: &ETag, change: &AgentUpdate) -> Result<Agent> {
        let call = self.0.call_at(UPDATE, &[&id]).header(IF_MATCH, etag.as_str());
        call.json(change).fetch_with_etag().await.map(with_etag)
    }

    /// Decommissions an agent: its credentials stop working and its DID returns 410. Deletes nothing.
    pub async fn decommission(&self, id: AgentId) -> Result<()> {
        self.0.call_at(DECOMMISSION, &[&id]).send_ignoring_body().await
    }
}

fn with_etag((agent, etag): (Agent, Option<ETag>)) -> Agent {
    Agent { etag, ..agent }
}
