//! Marketplace data of the API.

use client::types::{Card, CardDetail, Facet, Jwks, MarketplacePage, PublisherDetail};
use serde_json::Value;

/// Data of the API for a page.
#[derive(Clone, Debug, PartialEq)]
pub enum MarketplaceData {
    /// A page of agents.
    List(Box<ListData>),
    /// An agent.
    Agent(Box<AgentData>),
    /// An agent's documents.
    Check(Box<CheckData>),
    /// A publisher.
    Publisher(Box<PublisherData>),
    /// A publisher with a new slug.
    Moved(String),
    /// An agent or publisher that was removed, with the class of the reason.
    Gone(String),
    /// No agent or publisher at the URL.
    Missing,
    /// The API has no marketplace.
    Off,
}

/// A page of agents. Counts of types and publishers ignore the selected one: they are the sizes of the alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct ListData {
    /// The API's response.
    pub page: MarketplacePage,
    /// Types.
    pub types: Vec<Facet>,
    /// Publishers.
    pub publishers: Vec<Facet>,
}

/// An agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentData {
    /// The API's response.
    pub detail: CardDetail,
    /// Other agents of its publisher, or with one of its capabilities.
    pub related: Vec<Card>,
}

/// An agent's documents, each from its own URL.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckData {
    /// The marketplace's data.
    pub detail: CardDetail,
    /// The DID document.
    pub document: Value,
    /// The agent card, if there is one.
    pub card: Option<Value>,
    /// The keys of the registry.
    pub keys: Jwks,
}

/// A publisher and a page of its agents.
#[derive(Clone, Debug, PartialEq)]
pub struct PublisherData {
    /// The API's response.
    pub detail: PublisherDetail,
    /// Its agents.
    pub page: MarketplacePage,
}
