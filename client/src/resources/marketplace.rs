//! Published agents. Authentication is optional; authenticated clients are exempt from rate limits by IP address.

use http::header::ACCEPT;
use serde_json::Value;

use crate::list::{self, BoxStream};
use crate::operation::declare;
use crate::types::{
    Card, CardDetail, Changes, ChangesQuery, MarketplacePage, MarketplaceQuery, PublisherDetail, Report, ReportReceipt,
};
use crate::{AgentId, Client, ETag, Fetched, Result};

declare! {
    SEARCH = Get "searchMarketplace" "/api/v1/marketplace/agents";
    GET = Get "getMarketplaceAgent" "/api/v1/marketplace/agents/{agentId}";
    CHANGES = Get "getMarketplaceChanges" "/api/v1/marketplace/changes";
    PUBLISHER = Get "getPublisher" "/api/v1/marketplace/publishers/{slug}";
    REPORT = Post "reportAgent" "/api/v1/marketplace/agents/{agentId}/reports", keyed;
}

/// Published agents.
#[derive(Clone, Debug)]
pub struct Marketplace(Client);

impl Client {
    /// Published agents.
    pub fn marketplace(&self) -> Marketplace {
        Marketplace(self.clone())
    }
}

impl Marketplace {
    /// Searches published agents.
    pub async fn search(&self, query: &MarketplaceQuery) -> Result<MarketplacePage> {
        self.0.call(SEARCH).query(query).fetch().await
    }

    /// Searches published agents if the page differs from the cached version `known`.
    pub async fn search_if(&self, query: &MarketplaceQuery, known: Option<&ETag>) -> Result<Fetched<MarketplacePage>> {
        self.0.call(SEARCH).query(query).fetch_if(known).await
    }

    /// Streams all matching agents, by cursor.
    pub fn all(&self, query: MarketplaceQuery) -> BoxStream<Card> {
        let marketplace = self.clone();
        list::unfold(Some(query), move |query| {
            let marketplace = marketplace.clone();
            async move {
                let page = marketplace.search(&query).await?;
                let next =
                    page.next_cursor.map(|cursor| MarketplaceQuery { cursor: Some(cursor), page: None, ..query });
                Ok((page.data, next))
            }
        })
    }

    /// Returns a published agent.
    ///
    /// # Errors
    ///
    /// 404 if the agent is unknown, private or suspended; `AgentRemoved` (410) if moderators removed it.
    pub async fn get(&self, id: AgentId) -> Result<CardDetail> {
        self.0.call_at(GET, &[&id]).fetch().await
    }

    /// Returns a published agent if it differs from the cached version `known`.
    pub async fn get_if(&self, id: AgentId, known: Option<&ETag>) -> Result<Fetched<CardDetail>> {
        self.0.call_at(GET, &[&id]).fetch_if(known).await
    }

    /// Returns a published agent as schema.org `SoftwareApplication`.
    pub async fn json_ld(&self, id: AgentId) -> Result<Value> {
        self.0.call_at(GET, &[&id]).header(ACCEPT, "application/ld+json").fetch().await
    }

    /// Lists changes in order, for portals and mirrors.
    pub async fn changes(&self, query: &ChangesQuery) -> Result<Changes> {
        self.0.call(CHANGES).query(query).fetch().await
    }

    /// Returns a publisher, by its current or a former slug.
    pub async fn publisher(&self, slug: &str) -> Result<PublisherDetail> {
        self.0.call_at(PUBLISHER, &[&slug]).fetch().await
    }

    /// Returns a publisher if it differs from the cached version `known`.
    pub async fn publisher_if(&self, slug: &str, known: Option<&ETag>) -> Result<Fetched<PublisherDetail>> {
        self.0.call_at(PUBLISHER, &[&slug]).fetch_if(known).await
    }

    /// Reports an agent to the operators. Doesn't hide it.
    pub async fn report(&self, id: AgentId, report: &Report) -> Result<ReportReceipt> {
        self.0.call_at(REPORT, &[&id]).json(report).fetch().await
    }
}
