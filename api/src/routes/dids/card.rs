//! `GET /agents/{agentId}/agent-card.json`

use axum::Json;
use axum::extract::State;
use domain::id::AgentId;
use serde_json::Value;
use store::agents;

use super::find;
use crate::config::Algorithm;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::state::Shared;
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
pub async fn card(State(app): Shared, Id(id): Id<AgentId>) -> Result<Json<Value>, ApiError> {
    let row = find(&app, id).await?;
    let unsigned = if agents::is_published(&app.store, &row).await? { card::of(&row, &app.issuer) } else { None };
    let Some(unsigned) = unsigned else { return Err(ApiError::NO_AGENT) };
    let key = app.keys.signer(Algorithm::EdDsa).ok_or_else(|| ApiError::internal("there is no EdDSA key"))?;
    Ok(Json(card::signed(&unsigned, &key, &format!("{}/.well-known/jwks.json", app.issuer))?))
}
