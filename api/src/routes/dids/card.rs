//! `GET /agents/{agentId}/agent-card.json`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::id::AgentId;
use serde_json::Value;

use super::find;
use crate::config::Algorithm;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::keys::Keys;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::view::card;

/// Get an agent card
///
/// A2A 1.0 card of a published agent with an `endpointUrl`. The signature of this service attests the registry entry,
/// not the agent's behavior.
#[utoipa::path(get, path = "/agents/{agentId}/agent-card.json", tag = "DIDs", operation_id = "getAgentCard", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    responses((status = 200, description = "Agent card.", body = Object, example = json!({
        "name": "Invoice screener", "version": "0.1.0", "supportedInterfaces": [{ "url": "https://agents.example.com/invoices", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
    }))))]
pub async fn get_agent_card(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    State(keys): State<Arc<Keys>>,
    Id(id): Id<AgentId>,
) -> Result<Json<Value>, ApiError> {
    let found = find(&registry, id).await?;
    let unsigned = if found.is_published() { card::build(&found.agent, &origins.issuer) } else { None };
    let Some(unsigned) = unsigned else { return Err(ApiError::NO_AGENT) };
    let key = keys.signer(Algorithm::EdDsa).ok_or_else(|| ApiError::internal("no EdDSA signing key"))?;
    Ok(Json(card::sign(&unsigned, &key, &format!("{}/.well-known/jwks.json", origins.issuer))?))
}
