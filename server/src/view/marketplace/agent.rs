//! An agent's page.

use app::model::marketplace::{AgentPage, Capability, JsonDocument, LookAlike};
use app::model::{About, Html, Link, Page, Software, View};
use client::types::CardDetail;
use serde_json::Value;

use super::super::samples::{Samples, quotable};
use super::cards::{capability, claims, is_flagged, publisher, row};
use super::examples;
use super::{CLAIMS, Shown, crumbs, href, json_code, page};
use crate::generation::Generation;
use crate::marketplace::{Agent, Form, Subject, minutes, plain};
use crate::site_paths::MARKETPLACE;

/// An agent with all that is known of it.
pub(super) fn view(shown: &Shown<'_>, agent: &Agent) -> View {
    let (generation, detail) = (shown.generation, &agent.detail);
    let card = &detail.card;
    let id = card.agent_id;
    let name = plain(&card.name);
    let publisher = publisher(generation, card);
    let endpoint = endpoint(detail);
    let talk = endpoint.as_deref().map(|endpoint| examples::call(endpoint, &generation.config.public_api()));
    let path = format!("{MARKETPLACE}/{id}");
    let page = AgentPage {
        crumbs: crumbs(generation),
        description: plain(&card.description),
        agent_id: id.to_string(),
        did: plain(&card.did),
        agent_type: plain(card.agent_type.as_str()),
        version: plain(&card.version),
        environment: plain(card.deployment_env.as_str()),
        owner: plain(&card.owner),
        tags: card.tags.iter().map(|tag| plain(tag)).collect(),
        capabilities: card
            .capabilities
            .iter()
            .map(|text| capability(generation, text))
            .map(|Link { title, href }| Capability::new(&title, href))
            .collect(),
        claims: claims(card),
        is_flagged: is_flagged(card),
        look_alikes: look_alikes(generation, detail),
        talk: talk.as_ref().map_or_else(Html::default, Samples::html),
        examples: talk.as_ref().map(Samples::examples).unwrap_or_default(),
        endpoint,
        documents: documents(detail),
        dates: vec![
            ("Registered", minutes(card.created_at)),
            ("Published", minutes(card.published_at)),
            ("Last updated", minutes(card.updated_at)),
        ],
        related: agent.related.iter().map(|other| row(generation, other)).collect(),
        check: href(generation, &Subject::Check(id), Form::Html),
        report: generation.site.href(&format!("{path}/report")),
        json: shown.here(Form::Json),
        explained: page(generation, CLAIMS),
        stale: shown.stale(),
        name: name.clone(),
        publisher: publisher.clone(),
    };
    let description = if page.description.is_empty() {
        format!("{name}, an agent published by {}: capabilities and verification.", publisher.title)
    } else {
        crate::marketplace::short(&card.description, 160)
    };
    let title = format!("{name} by {}", publisher.title);
    let frame = shown.frame(&title, &description, About::Software(Box::new(software(&page, detail))));
    View { frame, page: Page::Agent(Box::new(page)) }
}

/// Where it is called: the first interface of its card, by https.
fn endpoint(detail: &CardDetail) -> Option<String> {
    let address = detail.agent_card.as_ref()?["supportedInterfaces"][0]["url"].as_str()?;
    let url = url::Url::parse(address).ok().filter(|url| url.scheme() == "https")?;
    Some(quotable(url.as_str()))
}

fn look_alikes(generation: &Generation, detail: &CardDetail) -> Vec<LookAlike> {
    let one = |other: &client::types::LookAlike| LookAlike {
        publisher: Link {
            title: plain(&other.display_name),
            href: href(generation, &Subject::Publisher(other.slug.clone(), 0), Form::Html),
        },
        domain: plain(&other.domain),
    };
    detail.look_alikes.iter().map(one).collect()
}

fn documents(detail: &CardDetail) -> Vec<JsonDocument> {
    let document = |title, about, raw: &str, value: &Value| {
        let text = json_code::text(value);
        JsonDocument { title, about, raw: raw.to_owned(), html: json_code::figure(&text, value), text }
    };
    let mut documents = Vec::new();
    if let Some(value) = &detail.did_document {
        let about = "The agent’s public keys. The DID resolves to this URL by the did:web rule.";
        documents.push(document("DID document", about, &detail.links.did_document, value));
    }
    if let (Some(value), Some(raw)) = (&detail.agent_card, &detail.links.agent_card) {
        let about = "Endpoint and skills, as defined by A2A 1.0. Signed by this registry, so changes are detectable.";
        documents.push(document("Agent card", about, raw, value));
    }
    documents
}

fn software(page: &AgentPage, detail: &CardDetail) -> Software {
    let card = &detail.card;
    Software {
        did: page.did.clone(),
        agent_id: page.agent_id.clone(),
        name: page.name.clone(),
        description: page.description.clone(),
        version: page.version.clone(),
        agent_type: page.agent_type.clone(),
        keywords: page.tags.iter().cloned().chain(page.capabilities.iter().map(|one| one.text.clone())).collect(),
        created: card.created_at.to_string(),
        published: card.published_at.to_string(),
        modified: card.updated_at.to_string(),
        publisher: page.publisher.title.clone(),
        publisher_slug: card.publisher.slug.clone(),
        owner: page.owner.clone(),
    }
}
