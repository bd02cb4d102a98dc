//! The page of an agent.

use app::model::marketplace::{AgentPage, Capability, JsonDocument, LookAlike};
use app::model::{About, Html, Link, Page, Software, View};
use client::types::CardDetail;
use serde_json::Value;

use super::cards::{agent_row, capability_link, claims, is_flagged, publisher_link};
use super::data_page::{CLAIMS_PAGE, DataPage, breadcrumbs, existing_page};
use super::{examples, json_code};
use crate::context::SiteContext;
use crate::marketplace::{AgentData, Format, PageKey, page_href};
use crate::paths::MARKETPLACE;
use crate::plain_text::{plain_text, shorten};
use crate::time::format_minute;
use crate::view::samples::{Samples, quotable};

/// Builds the page of an agent.
pub(super) fn agent_page(data_page: &DataPage<'_>, agent: &AgentData) -> View {
    let (context, detail) = (data_page.context, &agent.detail);
    let card = &detail.card;
    let id = card.agent_id;
    let name = plain_text(&card.name);
    let publisher = publisher_link(context, card);
    let endpoint = endpoint(detail);
    let samples = endpoint.as_deref().map(|endpoint| examples::call(endpoint, &context.settings.api_origin));
    let path = format!("{MARKETPLACE}/{id}");
    let page = AgentPage {
        crumbs: breadcrumbs(context),
        description: plain_text(&card.description),
        agent_id: id.to_string(),
        did: plain_text(&card.did),
        agent_type: plain_text(card.agent_type.as_str()),
        version: plain_text(&card.version),
        environment: plain_text(card.deployment_env.as_str()),
        owner: plain_text(&card.owner),
        tags: card.tags.iter().map(|tag| plain_text(tag)).collect(),
        capabilities: card
            .capabilities
            .iter()
            .map(|text| capability_link(context, text))
            .map(|Link { title, href }| Capability::new(&title, href))
            .collect(),
        claims: claims(card),
        is_flagged: is_flagged(card),
        look_alikes: look_alikes(context, detail),
        samples: samples.as_ref().map_or_else(Html::default, Samples::html),
        examples: samples.as_ref().map(Samples::examples).unwrap_or_default(),
        endpoint,
        documents: documents(detail),
        dates: vec![
            ("Registered", format_minute(card.created_at)),
            ("Published", format_minute(card.published_at)),
            ("Last updated", format_minute(card.updated_at)),
        ],
        related: agent.related.iter().map(|other| agent_row(context, other)).collect(),
        check: page_href(context, &PageKey::Check(id), Format::Html),
        report: context.site.href(&format!("{path}/report")),
        json: data_page.href(Format::Json),
        explained: existing_page(context, CLAIMS_PAGE),
        stale: data_page.stale_notice(),
        name: name.clone(),
        publisher: publisher.clone(),
    };
    let description = if page.description.is_empty() {
        format!("{name}, an agent published by {}: capabilities and verification.", publisher.title)
    } else {
        shorten(&card.description, 160)
    };
    let title = format!("{name} by {}", publisher.title);
    let frame = data_page.frame(&title, &description, About::Software(Box::new(software(&page, detail))));
    View { frame, page: Page::Agent(Box::new(page)) }
}

/// The endpoint: the first interface of the card, if its URL uses https.
fn endpoint(detail: &CardDetail) -> Option<String> {
    let address = detail.agent_card.as_ref()?["supportedInterfaces"][0]["url"].as_str()?;
    let url = url::Url::parse(address).ok().filter(|url| url.scheme() == "https")?;
    Some(quotable(url.as_str()))
}

fn look_alikes(context: &SiteContext, detail: &CardDetail) -> Vec<LookAlike> {
    let one = |other: &client::types::LookAlike| LookAlike {
        publisher: Link {
            title: plain_text(&other.display_name),
            href: page_href(context, &PageKey::Publisher(other.slug.clone(), 0), Format::Html),
        },
        domain: plain_text(&other.domain),
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
