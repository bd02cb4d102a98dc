//! Published agents. Nobody has to show who he is; a client that does is not limited by its address.

use http::header::ACCEPT;
use serde_json::Value;

use crate::list::{self, BoxStream};
use crate::operation::declare;
use crate::types::{
    Card, CardDetail, Changes, ChangesQuery, MarketplacePage, MarketplaceQuery, PublisherDetail, Report, Reported,
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
pub struct Marketplace(pub(crate) Client);

impl Marketplace {
    /// A page of what matches.
    pub async fn search(&self, query: &MarketplaceQuery) -> Result<MarketplacePage> {
        self.0.call(SEARCH).query(query).fetch().await
    }

    /// A page of what matches, if it is another than the one that is known: for caches.
    pub async fn search_if(&self, query: &MarketplaceQuery, known: Option<&ETag>) -> Result<Fetched<MarketplacePage>> {
        self.0.call(SEARCH).query(query).fetch_if(known).await
    }

    /// All that matches, by cursor.
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

    /// A published agent.
    ///
    /// # Errors
    ///
    /// 404 for one that is unknown, private or suspended; `AgentRemoved` (410) for one that was moderated away.
    pub async fn get(&self, id: AgentId) -> Result<CardDetail> {
        self.0.call_at(GET, &[&id]).fetch().await
    }

    /// A published agent, if it is not as it is known: for caches.
    pub async fn get_if(&self, id: AgentId, known: Option<&ETag>) -> Result<Fetched<CardDetail>> {
        self.0.call_at(GET, &[&id]).fetch_if(known).await
    }

    /// A published agent as schema.org's `SoftwareApplication`.
    pub async fn json_ld(&self, id: AgentId) -> Result<Value> {
        self.0.call_at(GET, &[&id]).header(ACCEPT, "application/ld+json").fetch().await
    }

    /// What changed, in order: for portals and mirrors that follow.
    pub async fn changes(&self, query: &ChangesQuery) -> Result<Changes> {
        self.0.call(CHANGES).query(query).fetch().await
    }

    /// A publisher, by its slug or one that it had.
    pub async fn publisher(&self, slug: &str) -> Result<PublisherDetail> {
        self.0.call_at(PUBLISHER, &[&slug]).fetch().await
    }

    /// A publisher, if it is not as it is known: for caches.
    pub async fn publisher_if(&self, slug: &str, known: Option<&ETag>) -> Result<Fetched<PublisherDetail>> {
        self.0.call_at(PUBLISHER, &[&slug]).fetch_if(known).await
    }

    /// Reports an agent to the operators. It hides nothing by itself.
    pub async fn report(&self, id: AgentId, report: &Report) -> Result<Reported> {
        self.0.call_at(REPORT, &[&id]).json(report).fetch().await
    }
}
