//! Verification of an agent's documents.

use app::model::marketplace::{CheckPage, CheckTargets, Claim, ClaimKind};
use app::model::{About, Link, Page, View};

use super::cards::claims;
use super::data_page::{DataPage, breadcrumbs};
use crate::marketplace::{CheckData, Format, PageKey, page_href, verify_documents};
use crate::plain_text::plain_text;
use crate::time::format_minute;

/// Builds the page with the server's results and the inputs for a check in the browser.
pub(super) fn check_page(data_page: &DataPage<'_>, check: &CheckData) -> View {
    let context = data_page.context;
    let card = &check.detail.card;
    let name = plain_text(&card.name);
    let agent = Link { title: name.clone(), href: page_href(context, &PageKey::Agent(card.agent_id), Format::Html) };
    let mut crumbs = breadcrumbs(context);
    crumbs.push(agent.clone());
    let api = &context.settings.api_origin;
    let claims = claims(card);
    let thumbprint = |claim: &Claim| (claim.kind == ClaimKind::Key && !claim.is_expired).then(|| claim.target.clone());
    let targets = CheckTargets {
        did: plain_text(&card.did),
        document: format!("{api}/agents/{}/did.json", card.agent_id),
        card: check.card.as_ref().map(|_| format!("{api}/agents/{}/agent-card.json", card.agent_id)),
        keys: format!("{api}/.well-known/jwks.json"),
        // Unmodified: the actual value is compared, not the sanitized one on the page.
        name: card.name.clone(),
        thumbprints: claims.iter().filter_map(thumbprint).collect(),
    };
    let page = CheckPage {
        crumbs,
        steps: verify_documents(check, &targets),
        agent,
        targets,
        at: format_minute(data_page.fetched_at),
        claims,
        stale: data_page.stale_notice(),
    };
    let description = format!("Fetch the documents of {name} again and compare them with the listing.");
    let mut frame = data_page.frame(&format!("Verify documents: {name}"), &description, About::Article);
    frame.meta.noindex = true;
    frame.meta.script = Some(frame.assets.check_script.clone());
    View { frame, page: Page::Check(Box::new(page)) }
}
