//! Conversion of agent cards to rows and claims.

use app::model::Link;
use app::model::marketplace::{AgentRow, Claim, ClaimKind};
use client::Timestamp;
use client::types::{Card, CardClaim, CheckResult, Moderation};

use crate::context::SiteContext;
use crate::marketplace::{Format, MarketplaceQuery, PageKey, page_href};
use crate::plain_text::{plain_text, shorten};

/// Maximum characters of a description in a list.
const MAX_DESCRIPTION: usize = 150;
/// Maximum capabilities of a row.
const MAX_CAPABILITIES: usize = 4;

/// Builds a row of a list.
pub(super) fn agent_row(context: &SiteContext, card: &Card) -> AgentRow {
    AgentRow {
        name: plain_text(&card.name),
        href: page_href(context, &PageKey::Agent(card.agent_id), Format::Html),
        did: plain_text(&card.did),
        publisher: publisher_link(context, card),
        description: shorten(&card.description, MAX_DESCRIPTION),
        capabilities: card
            .capabilities
            .iter()
            .take(MAX_CAPABILITIES)
            .map(|one| capability_link(context, one))
            .collect(),
        more: card.capabilities.len().saturating_sub(MAX_CAPABILITIES),
        claims: claims(card),
        more_claims: more_claims(card),
        is_flagged: is_flagged(card),
    }
}

/// Number of claims that a list omits.
fn more_claims(card: &Card) -> usize {
    usize::try_from(card.claim_count).unwrap_or_default().saturating_sub(card.claims.len())
}

/// Returns true for an agent flagged by the operator. Unknown states count as flagged.
pub(super) fn is_flagged(card: &Card) -> bool {
    card.moderation != Moderation::Visible
}

/// Links to the publisher's page.
pub(super) fn publisher_link(context: &SiteContext, card: &Card) -> Link {
    let key = PageKey::Publisher(card.publisher.slug.clone(), 0);
    Link { title: plain_text(&card.publisher.display_name), href: page_href(context, &key, Format::Html) }
}

/// Links a capability to the list of agents with it.
pub(super) fn capability_link(context: &SiteContext, text: &str) -> Link {
    let query = MarketplaceQuery { capabilities: vec![text.to_owned()], ..MarketplaceQuery::default() };
    Link { title: plain_text(text), href: page_href(context, &PageKey::List(query), Format::Html) }
}

/// Verified claims: valid ones first, then expired ones, grouped by kind. Claims of unknown kinds
/// are left out.
pub(super) fn claims(card: &Card) -> Vec<Claim> {
    let mut claims: Vec<Claim> = card.claims.iter().filter_map(claim).collect();
    claims.sort_by_key(|claim| (claim.is_expired, ClaimKind::ALL.iter().position(|kind| *kind == claim.kind)));
    claims
}

fn claim(claim: &CardClaim) -> Option<Claim> {
    Some(Claim {
        kind: ClaimKind::parse(claim.kind.as_str())?,
        target: plain_text(&claim.target),
        method: claim.method.as_ref().map(|method| plain_text(method.as_str())).unwrap_or_default(),
        checked: day(claim.checked_at?),
        until: day(claim.expires_at?),
        is_expired: claim.result != CheckResult::Verified,
        proof: claim.proof.as_deref().map(plain_text),
        evidence: claim.evidence_url.as_ref().filter(|address| address.starts_with("https://")).cloned(),
    })
}

/// The day of a time in UTC, `YYYY-MM-DD`.
pub(super) fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
