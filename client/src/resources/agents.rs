//! The registry.

use http::header::IF_MATCH;

use crate::list::{self, BoxStream};
use crate::operation::declare;
use crate::types::{Agent, AgentChange, AgentQuery, NewAgent};
use crate::{AgentId, Client, ETag, List, Result};

declare! {
    LIST = Get "listAgents" "/api/v1/agents";
    CREATE = Post "registerAgent" "/api/v1/agents", keyed;
    GET = Get "getAgent" "/api/v1/agents/{agentId}";
    UPDATE = Patch "updateAgent" "/api/v1/agents/{agentId}";
    DECOMMISSION = Delete "decommissionAgent" "/api/v1/agents/{agentId}";
}

/// The registry.
#[derive(Clone, Debug)]
pub struct Agents(pub(crate) Client);

impl Agents {
    /// A page of the organization's agents, the newest first. An agent sees itself alone.
    pub async fn list(&self, query: &AgentQuery) -> Result<List<Agent>> {
        self.0.call(LIST).query(query).fetch().await
    }

    /// All of them, page by page, from the query's page on.
    pub fn all(&self, query: AgentQuery) -> BoxStream<Agent> {
        let agents = self.clone();
        list::all(query.page, move |page| {
            let (agents, query) = (agents.clone(), AgentQuery { page: Some(page), ..query.clone() });
            async move { agents.list(&query).await }
        })
    }

    /// Registers one. It has a DID at once.
    ///
    /// # Errors
    ///
    /// `AgentAlreadyExists` where another has its address, `TierLimitExceeded` where there may be no more.
    pub async fn create(&self, agent: &NewAgent) -> Result<Agent> {
        self.0.call(CREATE).json(agent).fetch_tagged().await.map(tagged)
    }

    /// Reads one.
    pub async fn get(&self, id: AgentId) -> Result<Agent> {
        self.0.call_at(GET, &[&id]).fetch_tagged().await.map(tagged)
    }

    /// Changes one, whatever it is now.
    pub async fn update(&self, id: AgentId, change: &AgentChange) -> Result<Agent> {
        self.0.call_at(UPDATE, &[&id]).json(change).fetch_tagged().await.map(tagged)
    }

    /// Changes one, if it still is as it was read.
    ///
    /// # Errors
    ///
    /// `PreconditionFailed` where it is not: read it again.
    pub async fn update_if(&self, id: AgentId, etag: &ETag, change: &AgentChange) -> Result<Agent> {
        let call = self.0.call_at(UPDATE, &[&id]).header(IF_MATCH, etag.as_str());
        call.json(change).fetch_tagged().await.map(tagged)
    }

    /// Decommissions one: its credentials stop working, its DID answers 410. Nothing is erased.
    pub async fn decommission(&self, id: AgentId) -> Result<()> {
        self.0.call_at(DECOMMISSION, &[&id]).done().await
    }
}

fn tagged((agent, etag): (Agent, Option<ETag>)) -> Agent {
    Agent { etag, ..agent }
}
