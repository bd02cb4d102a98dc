//! What the API says, as values.

use client::types::{Card, CardDetail, Facet, Jwks, MarketplacePage, PublisherDetail};
use serde_json::Value;

/// What the API says of a subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A page of agents.
    List(Box<List>),
    /// An agent.
    Agent(Box<Agent>),
    /// An agent's papers.
    Check(Box<Check>),
    /// A publisher.
    Publisher(Box<Publisher>),
    /// A publisher has another name in addresses now.
    Moved(String),
    /// An operator took it away, for a reason of this class.
    Gone(String),
    /// There is nothing that is shown.
    Missing,
    /// There is no marketplace.
    Off,
}

/// A page of agents. The counts of types and publishers are those without the one that is chosen: what there would be.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// As the API answers it.
    pub page: MarketplacePage,
    /// Types.
    pub types: Vec<Facet>,
    /// Publishers.
    pub publishers: Vec<Facet>,
}

/// An agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    /// As the API answers it.
    pub detail: CardDetail,
    /// Others of its publisher, or with one of its capabilities.
    pub related: Vec<Card>,
}

/// An agent's papers, each read from where it lives.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What the marketplace says.
    pub detail: CardDetail,
    /// The DID document.
    pub document: Value,
    /// The card, where there is one.
    pub card: Option<Value>,
    /// The keys of the registry.
    pub keys: Jwks,
}

/// A publisher and a page of its agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Publisher {
    /// As the API answers it.
    pub detail: PublisherDetail,
    /// Its agents.
    pub page: MarketplacePage,
}
