//! Conversion of queries to the API's parameters.

use client::types::{AgentType, ClaimKind as Kind, MarketplaceQuery as ApiQuery, Sort};
use site::marketplace::{MarketplaceQuery, PAGE_SIZE, SortBy};

/// Converts a query to the API's.
pub(super) fn api_query(query: &MarketplaceQuery) -> ApiQuery {
    let kind = |at: &usize| [Kind::Domain, Kind::Key, Kind::Repository].get(*at).cloned();
    ApiQuery {
        q: Some(query.text.clone()).filter(|text| !text.is_empty()),
        capability: query.capabilities.clone(),
        publisher: query.publisher.clone(),
        agent_type: query.agent_type.map(AgentType::from),
        checked: query.checked.iter().filter_map(kind).collect(),
        sort: query.sort.map(|sort| match sort {
            SortBy::Relevance => Sort::Relevance,
            SortBy::Recent => Sort::Recent,
            SortBy::Name => Sort::Name,
            SortBy::Updated => Sort::Updated,
        }),
        page: Some(query.page()),
        limit: Some(PAGE_SIZE),
        ..ApiQuery::default()
    }
}
