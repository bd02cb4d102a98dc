//! A question as the API takes it.

use client::types::{AgentType, ClaimKind as Kind, MarketplaceQuery, Sort};

use crate::marketplace::question::{PER_PAGE, Question, SortBy};

/// The page of agents that a question asks for.
pub(super) fn query(question: &Question) -> MarketplaceQuery {
    let kind = |at: &usize| [Kind::Domain, Kind::Key, Kind::Repository].get(*at).cloned();
    MarketplaceQuery {
        q: Some(question.text.clone()).filter(|text| !text.is_empty()),
        capability: question.capabilities.clone(),
        publisher: question.publisher.clone(),
        agent_type: question.agent_type.map(AgentType::from),
        checked: question.checked.iter().filter_map(kind).collect(),
        sort: question.sort.map(|sort| match sort {
            SortBy::Relevance => Sort::Relevance,
            SortBy::Recent => Sort::Recent,
            SortBy::Name => Sort::Name,
            SortBy::Updated => Sort::Updated,
        }),
        page: Some(question.page()),
        limit: Some(PER_PAGE),
        ..MarketplaceQuery::default()
    }
}
