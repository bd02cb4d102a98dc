//! Data of each kind of page.

use client::types::{Card, Facet, FacetName, MarketplaceQuery as ApiQuery};
use client::{AgentId, ETag, Error, Fetched};
use site::marketplace::{AgentData, CheckData, ListData, MarketplaceData, MarketplaceQuery, PublisherData};

use super::Upstream;
use super::query::api_query;

/// Maximum related agents.
const MAX_RELATED: usize = 4;

impl Upstream {
    pub(super) async fn fetch_list(
        &self,
        filters: &MarketplaceQuery,
        known: Option<&ETag>,
    ) -> Result<Option<(MarketplaceData, Option<ETag>)>, Error> {
        let marketplace = self.client().marketplace();
        let counted = |facet: FacetName, change: fn(&mut MarketplaceQuery)| {
            let query = ApiQuery { limit: Some(1), facets: vec![facet.clone()], ..api_query(&filters.with(change)) };
            let marketplace = &marketplace;
            async move {
                let mut page = marketplace.search(&query).await?;
                Ok::<_, Error>(page.facets.remove(facet.as_str()).unwrap_or_default())
            }
        };
        let query = ApiQuery {
            facets: vec![FacetName::Capability, FacetName::AgentType, FacetName::Publisher, FacetName::Checked],
            ..api_query(filters)
        };
        // With a selected value, its counts come from a second query, which the list's entity tag doesn't cover.
        let is_chosen = filters.agent_type.is_some() || filters.publisher.is_some();
        let list = marketplace.search_if(&query, known.filter(|_| !is_chosen));
        let types = async {
            match filters.agent_type {
                Some(_) => counted(FacetName::AgentType, |other| other.agent_type = None).await.map(Some),
                None => Ok(None),
            }
        };
        let publishers = async {
            match filters.publisher {
                Some(_) => counted(FacetName::Publisher, |other| other.publisher = None).await.map(Some),
                None => Ok(None),
            }
        };
        let (list, types, publishers) = tokio::try_join!(list, types, publishers)?;
        let Fetched::Fresh { value: mut page, etag } = list else { return Ok(None) };
        let mut own =
            |name: &str, counted: Option<Vec<Facet>>| counted.or(page.facets.remove(name)).unwrap_or_default();
        let (types, publishers) = (own("agentType", types), own("publisher", publishers));
        Ok(Some((MarketplaceData::List(Box::new(ListData { page, types, publishers })), etag.filter(|_| !is_chosen))))
    }

    /// Fetches an agent and its related agents. The agent's entity tag doesn't cover these, so they are always fetched.
    pub(super) async fn fetch_agent(&self, id: AgentId) -> Result<MarketplaceData, Error> {
        let detail = self.client().marketplace().get(id).await?;
        let related = self.fetch_related(&detail.card).await?;
        Ok(MarketplaceData::Agent(Box::new(AgentData { detail, related })))
    }

    /// Fetches other agents with the agent's first capability, then other agents of its publisher.
    async fn fetch_related(&self, card: &Card) -> Result<Vec<Card>, Error> {
        let limit = MAX_RELATED as u64 + 1;
        let alike = ApiQuery {
            capability: card.capabilities.first().cloned().into_iter().collect(),
            limit: Some(limit),
            ..ApiQuery::default()
        };
        let near = ApiQuery { publisher: Some(card.publisher.slug.clone()), limit: Some(limit), ..ApiQuery::default() };
        let marketplace = self.client().marketplace();
        let (alike, near) = tokio::try_join!(marketplace.search(&alike), marketplace.search(&near))?;
        let mut related: Vec<Card> = Vec::new();
        for other in alike.data.into_iter().chain(near.data) {
            if other.agent_id != card.agent_id && related.iter().all(|known| known.agent_id != other.agent_id) {
                related.push(other);
            }
        }
        related.truncate(MAX_RELATED);
        Ok(related)
    }

    pub(super) async fn fetch_check(&self, id: AgentId) -> Result<MarketplaceData, Error> {
        let client = self.client();
        let (marketplace, dids, discovery) = (client.marketplace(), client.dids(), client.discovery());
        let card = async {
            match dids.card(id).await {
                Ok(card) => Ok(Some(card)),
                Err(error) if error.is_not_found() => Ok(None),
                Err(error) => Err(error),
            }
        };
        // The marketplace first: a hidden agent still has a DID document.
        let detail = marketplace.get(id).await?;
        let (document, card, keys) = tokio::try_join!(dids.document(id), card, discovery.jwks())?;
        Ok(MarketplaceData::Check(Box::new(CheckData { detail, document, card, keys })))
    }

    pub(super) async fn fetch_publisher(&self, slug: &str, skipped: u64) -> Result<MarketplaceData, Error> {
        let query =
            api_query(&MarketplaceQuery { publisher: Some(slug.to_owned()), skipped, ..MarketplaceQuery::default() });
        let marketplace = self.client().marketplace();
        let (detail, page) = tokio::join!(marketplace.publisher(slug), marketplace.search(&query));
        // Without a marketplace, the list fails as well; for an unknown publisher, only the publisher is missing.
        let page = page?;
        let detail = match detail {
            Err(error) if error.is_not_found() => return Ok(MarketplaceData::Missing),
            detail => detail?,
        };
        if detail.slug != slug {
            return Ok(MarketplaceData::Moved(detail.slug));
        }
        Ok(MarketplaceData::Publisher(Box::new(PublisherData { detail, page })))
    }
}
