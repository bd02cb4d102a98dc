//! A list of agents.

use super::super::Link;
use super::{Claim, Stale};

/// `/marketplace`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentList {
    /// The page's own address, for its form.
    pub action: String,
    /// The words that are looked for.
    pub text: String,
    /// What the list is narrowed by, each with the way to be without it.
    pub chosen: Vec<Chosen>,
    /// Without any of it.
    pub all: String,
    /// What can be chosen.
    pub facets: Vec<Facet>,
    /// How it can be sorted.
    pub sorts: Vec<SortChoice>,
    /// How many were found in all.
    pub total: u64,
    /// Those of this page.
    pub agents: Vec<AgentRow>,
    /// Which page this is, and the others.
    pub pages: Pages,
    /// What was asked and could not be understood, a sentence each.
    pub notes: Vec<String>,
    /// Whether an older state is shown.
    pub stale: Option<Stale>,
    /// How to publish an agent, where such a page exists.
    pub publish: Option<String>,
    /// The same as JSON.
    pub json: String,
}

/// Which page a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// From 1 on.
    pub page: u64,
    /// How many there are.
    pub count: u64,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl Pages {
    /// Whether it stands behind the last one, so that nothing is on it.
    pub fn is_past(&self) -> bool {
        self.count > 0 && self.page > self.count
    }
}

/// Something that a list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What it is, such as `Domain checked`.
    pub title: String,
    /// The list without it.
    pub without: String,
}

/// A group of values that a list can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// The parameter's name.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Whether one of them at most can be chosen.
    pub is_single: bool,
    /// The values, what is chosen first.
    pub values: Vec<FacetValue>,
    /// Whether there are more than are shown.
    pub is_cut: bool,
}

/// A value that a list can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetValue {
    /// As it is sent.
    pub value: String,
    /// As it is shown.
    pub title: String,
    /// How many agents there would be with it.
    pub count: u64,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortChoice {
    /// As it is sent.
    pub value: &'static str,
    /// As it is shown.
    pub title: &'static str,
    /// Whether it is this one.
    pub is_chosen: bool,
}

/// An agent in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its decentralized identifier, of which its rosette is drawn.
    pub did: String,
    /// Who publishes it, with the page of all that it publishes.
    pub publisher: Link,
    /// What it says it does, as far as one line of a list goes.
    pub description: String,
    /// What it says it can do, with the list of all that can.
    pub capabilities: Vec<Link>,
    /// How many more capabilities it has.
    pub more: usize,
    /// What was checked.
    pub claims: Vec<Claim>,
    /// Whether the operator warns of it.
    pub is_flagged: bool,
}

/// The newest agents of which something was checked, on the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    /// The agents, the newest first.
    pub agents: Vec<AgentRow>,
    /// The list of all.
    pub all: String,
}
