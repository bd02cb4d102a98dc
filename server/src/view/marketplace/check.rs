//! The check of an agent's papers.

use app::model::marketplace::{CheckPage, CheckTargets, Claim, ClaimKind};
use app::model::{About, Link, Page, View};

use super::cards::claims;
use super::{Shown, crumbs, href};
use crate::marketplace::{Check, Form, Subject, minutes, plain, verify};

/// What the server found, and what a browser needs to find it again.
pub(super) fn view(shown: &Shown<'_>, check: &Check) -> View {
    let generation = shown.generation;
    let card = &check.detail.card;
    let name = plain(&card.name);
    let agent = Link { title: name.clone(), href: href(generation, &Subject::Agent(card.agent_id), Form::Html) };
    let mut crumbs = crumbs(generation);
    crumbs.push(agent.clone());
    let api = generation.config.public_api();
    let claims = claims(card);
    let thumbprint = |claim: &Claim| (claim.kind == ClaimKind::Key && !claim.is_expired).then(|| claim.target.clone());
    let targets = CheckTargets {
        did: plain(&card.did),
        document: format!("{api}/agents/{}/did.json", card.agent_id),
        card: check.card.as_ref().map(|_| format!("{api}/agents/{}/agent-card.json", card.agent_id)),
        keys: format!("{api}/.well-known/jwks.json"),
        // As the card has it: the comparison is of what is there, not of what is shown.
        name: card.name.clone(),
        thumbprints: claims.iter().filter_map(thumbprint).collect(),
    };
    let page = CheckPage {
        crumbs,
        steps: verify(check, &targets),
        agent,
        targets,
        at: minutes(shown.kept.at),
        claims,
        stale: shown.stale(),
    };
    let description = format!("Fetch the documents of {name} again and compare them with the listing.");
    let mut frame = shown.frame(&format!("Verify documents: {name}"), &description, About::Article);
    frame.meta.noindex = true;
    frame.meta.script = Some(frame.assets.check_script.clone());
    View { frame, page: Page::Check(Box::new(page)) }
}
