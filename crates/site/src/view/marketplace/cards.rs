//! Cards of agents, as rows and claims.

use app::model::Link;
use app::model::marketplace::{AgentRow, Claim, ClaimKind};
use client::Timestamp;
use client::types::{Card, CardClaim, CheckResult, Moderation};

use super::href;
use crate::generation::Generation;
use crate::marketplace::{Form, Question, Subject, plain, short};

/// Letters of a description in a list.
const DESCRIPTION: usize = 150;
/// Capabilities in a list.
const CAPABILITIES: usize = 4;

/// A row of a list.
pub(super) fn row(generation: &Generation, card: &Card) -> AgentRow {
    AgentRow {
        name: plain(&card.name),
        href: href(generation, &Subject::Agent(card.agent_id), Form::Html),
        did: plain(&card.did),
        publisher: publisher(generation, card),
        description: short(&card.description, DESCRIPTION),
        capabilities: card.capabilities.iter().take(CAPABILITIES).map(|one| capability(generation, one)).collect(),
        more: card.capabilities.len().saturating_sub(CAPABILITIES),
        claims: claims(card),
        is_flagged: is_flagged(card),
    }
}

/// Whether the operator warns of it. A word that is not known yet is no praise.
pub(super) fn is_flagged(card: &Card) -> bool {
    card.moderation != Moderation::Visible
}

/// Its publisher, with the page of all that it publishes.
pub(super) fn publisher(generation: &Generation, card: &Card) -> Link {
    let subject = Subject::Publisher(card.publisher.slug.clone(), 0);
    Link { title: plain(&card.publisher.display_name), href: href(generation, &subject, Form::Html) }
}

/// A capability, with the list of all that have it.
pub(super) fn capability(generation: &Generation, text: &str) -> Link {
    let question = Question { capabilities: vec![text.to_owned()], ..Question::default() };
    Link { title: plain(text), href: href(generation, &Subject::List(question), Form::Html) }
}

/// What was checked: what counts first, then what counts no longer; each kind together. Claims of kinds that are not known
/// are not shown: nothing could be said of them.
pub(super) fn claims(card: &Card) -> Vec<Claim> {
    let mut claims: Vec<Claim> = card.claims.iter().filter_map(claim).collect();
    claims.sort_by_key(|claim| (claim.is_expired, ClaimKind::ALL.iter().position(|kind| *kind == claim.kind)));
    claims
}

fn claim(claim: &CardClaim) -> Option<Claim> {
    Some(Claim {
        kind: ClaimKind::read(claim.kind.as_str())?,
        target: plain(&claim.target),
        method: claim.method.as_ref().map(|method| plain(method.as_str())).unwrap_or_default(),
        checked: day(claim.checked_at?),
        until: day(claim.expires_at?),
        is_expired: claim.result != CheckResult::Verified,
        proof: claim.proof.as_deref().map(plain),
        evidence: claim.evidence_url.as_ref().filter(|address| address.starts_with("https://")).cloned(),
    })
}

/// The day of a time in UTC, `YYYY-MM-DD`.
pub(super) fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
