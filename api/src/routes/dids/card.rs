//! `GET /agents/{agentId}/agent-card.json`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::id::AgentId;
use serde_json::Value;
use store::agents;

use super::find;
use crate::config::Algorithm;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::keys::Keys;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::view::card;

/// Read an agent's card
///
/// The A2A 1.0 card, for published agents that have an `endpointUrl`. It is signed by this service, and says so: it vouches that
/// the registry holds this, not that the agent does what it says.
#[utoipa::path(get, path = "/agents/{agentId}/agent-card.json", tag = "DIDs", operation_id = "getAgentCard", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier.")),
    responses((status = 200, description = "The card.", body = Object, example = json!({
        "name": "Invoice screener", "version": "0.1.0", "supportedInterfaces": [{ "url": "https://agents.example.com/invoices", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
    }))))]
pub async fn card(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    State(keys): State<Arc<Keys>>,
    Id(id): Id<AgentId>,
) -> Result<Json<Value>, ApiError> {
    let row = find(&registry, id).await?;
    let unsigned =
        if agents::is_published(&registry.store, &row).await? { card::of(&row, &origins.issuer) } else { None };
    let Some(unsigned) = unsigned else { return Err(ApiError::NO_AGENT) };
    let key = keys.signer(Algorithm::EdDsa).ok_or_else(|| ApiError::internal("there is no EdDSA key"))?;
    Ok(Json(card::signed(&unsigned, &key, &format!("{}/.well-known/jwks.json", origins.issuer))?))
}
