//! A check of an agent's papers that a reader repeats.

use super::super::{Crumb, Link};
use super::Claim;

/// `/marketplace/{agentId}/check`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckPage {
    /// The way here.
    pub crumbs: Vec<Crumb>,
    /// The agent.
    pub agent: Link,
    /// What is checked, for the script.
    pub targets: CheckTargets,
    /// What the portal's server found when it last looked.
    pub steps: Vec<Step>,
    /// When that was, as `2026-11-27 09:40 UTC`.
    pub at: String,
    /// Claims that only their own sources can prove, and how to ask them.
    pub claims: Vec<Claim>,
    /// Whether the registry could not be reached and an older state is shown.
    pub stale: Option<super::Stale>,
}

/// Addresses and expectations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckTargets {
    /// The identifier that the document must have.
    pub did: String,
    /// Where the document lives: by the did:web rule.
    pub document: String,
    /// Where the card lives, if there is one.
    pub card: Option<String>,
    /// Where the registry's keys live.
    pub keys: String,
    /// The name that the card must have.
    pub name: String,
    /// Thumbprints of keys that were checked (RFC 7638).
    pub thumbprints: Vec<String>,
}

/// One step of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What is looked at.
    pub title: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// How it came out.
    pub outcome: Outcome,
}

/// How a step came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// As expected.
    Passed,
    /// Not as expected.
    Failed,
    /// It could not be done here.
    #[default]
    Open,
}

impl Outcome {
    /// As it is shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "as expected",
            Self::Failed => "not as expected",
            Self::Open => "not done",
        }
    }
}
