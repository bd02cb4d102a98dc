//! Queries of the marketplace's search, and what they find.

use domain::agent::AgentType;
use uuid::Uuid;

use super::cursor::Cursor;

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Facet {
    Capability,
    AgentType,
    Publisher,
    Checked,
}

impl Facet {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Capability, "capability"),
        (Self::AgentType, "agentType"),
        (Self::Publisher, "publisher"),
        (Self::Checked, "checked"),
    ];
}

/// A value of a facet, and how many of what was found have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The value.
    pub value: String,
    /// What it is called, where the value is no word to be shown: publishers are.
    pub label: Option<String>,
    /// How many have it.
    pub count: u64,
}

/// What agents are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// How well they answer the text.
    Relevance,
    /// When they were first published, the last first.
    #[default]
    Recent,
    /// Their names.
    Name,
    /// When they were changed, the last first.
    Updated,
}

/// Which part of what is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// So many come before it.
    Offset(u32),
    /// It goes on where another ended.
    After(Cursor),
}

impl Default for Place {
    fn default() -> Self {
        Self::Offset(0)
    }
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// Words to look for. Empty: everything.
    pub text: String,
    /// Of each of these groups an agent has to have one.
    pub capabilities: Vec<Vec<String>>,
    /// The publisher's identifier.
    pub publisher: Option<String>,
    /// The type.
    pub agent_type: Option<AgentType>,
    /// Of each of these groups of claims one has to hold: indices of [`CHECKS`](super::CHECKS).
    pub checked: Vec<Vec<usize>>,
    /// Changed at this time or later, in milliseconds.
    pub updated_since: Option<i64>,
    /// The order.
    pub sort: Sort,
    /// What is counted.
    pub facets: Vec<Facet>,
    /// Where the page begins.
    pub place: Place,
    /// How many are on it.
    pub limit: u32,
}

impl Question {
    pub(super) fn without_place(&self) -> Self {
        Self { facets: Vec::new(), place: Place::default(), limit: 0, ..self.clone() }
    }
}

/// What is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The page, in order.
    pub ids: Vec<Uuid>,
    /// How many there are in all.
    pub total: u64,
    /// How many come before the page.
    pub offset: u32,
    /// Where the next one begins, if there is one.
    pub next: Option<Cursor>,
    /// Whether none of them has all the words as they were typed, but only ones close to them.
    pub approximate: bool,
    /// The counts that were asked for, in that order.
    pub facets: Vec<(Facet, Vec<Value>)>,
}
