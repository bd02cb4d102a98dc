//! Verification of an agent's documents.

use super::super::{Crumb, Link};
use super::Claim;

/// `/marketplace/{agentId}/check`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckPage {
    /// Breadcrumbs.
    pub crumbs: Vec<Crumb>,
    /// Agent, linked to its page.
    pub agent: Link,
    /// URLs and expected values, for the script.
    pub targets: CheckTargets,
    /// Results of the portal's server.
    pub steps: Vec<Step>,
    /// Time of these results, as `2026-11-27 09:40 UTC`.
    pub at: String,
    /// Verifications whose evidence is outside the registry.
    pub claims: Vec<Claim>,
    /// Set where the registry is unavailable and cached data is shown.
    pub stale: Option<super::Stale>,
}

/// URLs and expected values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckTargets {
    /// Expected `id` of the DID document.
    pub did: String,
    /// URL of the DID document, by the did:web rule.
    pub document: String,
    /// URL of the agent card, if any.
    pub card: Option<String>,
    /// URL of the registry's keys (JWKS).
    pub keys: String,
    /// Expected name in the agent card.
    pub name: String,
    /// Thumbprints of verified keys (RFC 7638).
    pub thumbprints: Vec<String>,
}

/// Step of the verification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Title.
    pub title: String,
    /// Expected value.
    pub expected: String,
    /// Found value.
    pub found: String,
    /// Result.
    pub outcome: Outcome,
}

/// Result of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Expected and found values match.
    Passed,
    /// Expected and found values differ.
    Failed,
    /// Not run.
    #[default]
    Open,
}

impl Outcome {
    /// Label on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Open => "not run",
        }
    }
}
