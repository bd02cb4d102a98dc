//! `GET /api/v1/marketplace/agents/{agentId}`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::id::AgentId;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use store::agents::OwnedAgent;
use store::marketplace;
use store::records::AgentRecord;

use super::page_of;
use crate::config::Algorithm;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::marketplace::look_alikes;
use crate::routes::dids::agent::document;
use crate::services::MarketReader;
use crate::view::card;
use crate::view::published_agent::CardView;
use crate::view::published_agent::detail::{DetailView, LinksView};

/// Get a published agent
///
/// Includes its DID document, its A2A card, and verified publishers with a confusable name. `Accept:
/// application/ld+json` returns a schema.org `SoftwareApplication`.
#[utoipa::path(get, path = "/marketplace/agents/{agentId}", tag = "Marketplace", operation_id = "getMarketplaceAgent", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    responses((status = 200, description = "Agent.", content(
        (DetailView = "application/json"),
        (Object = "application/ld+json", example = json!({
            "@context": "https://schema.org", "@type": "SoftwareApplication", "name": "Invoice screener", "softwareVersion": "0.1.0",
        }))))))]
pub async fn get(
    State(reader): State<MarketReader>,
    headers: HeaderMap,
    Id(id): Id<AgentId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    let listed = marketplace::get(&reader.registry.store, id).await?;
    let owned = OwnedAgent { agent: listed.agent.clone(), organization: listed.organization.clone() };
    let row = &owned.agent;
    let page = page_of(&reader, &row.id);
    if wants_linked_data(&headers) {
        let card = CardView::new(listed, reader.registry.now_ms());
        return Ok(([(CONTENT_TYPE, "application/ld+json")], Json(card.as_software(&page))).into_response());
    }
    let look_alikes =
        look_alikes(&reader.registry, &reader.market, &listed).await?.into_iter().map(Into::into).collect();
    let card = CardView::new(listed, reader.registry.now_ms());
    let detail = DetailView {
        did_document: document(&owned, &reader.origins.issuer),
        agent_card: sign_card(&reader, row)?,
        look_alikes,
        links: links(&reader, row, &card, page),
        card,
    };
    Ok(Json(detail).into_response())
}

fn wants_linked_data(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|one| one.split(';').next().unwrap_or_default().trim() == "application/ld+json")
}

/// Builds the signed A2A card of an agent with an endpoint.
fn sign_card(reader: &MarketReader, row: &AgentRecord) -> Result<Option<serde_json::Value>, ApiError> {
    let Some(unsigned) = card::build(row, &reader.origins.issuer) else { return Ok(None) };
    let key = reader.keys.signer(Algorithm::EdDsa).ok_or_else(|| ApiError::internal("no EdDSA signing key"))?;
    card::sign(&unsigned, &key, &format!("{}/.well-known/jwks.json", reader.origins.issuer)).map(Some)
}

fn links(reader: &MarketReader, row: &AgentRecord, card: &CardView, page: String) -> LinksView {
    let (issuer, id) = (&reader.origins.issuer, &row.id);
    LinksView {
        own: format!("{issuer}/api/v1/marketplace/agents/{id}"),
        page,
        did_document: format!("{issuer}/agents/{id}/did.json"),
        agent_card: row.endpoint_url.as_ref().map(|_| format!("{issuer}/agents/{id}/agent-card.json")),
        publisher: format!("{issuer}/api/v1/marketplace/publishers/{}", card.publisher.slug),
        reports: format!("{issuer}/api/v1/marketplace/agents/{id}/reports"),
    }
}
