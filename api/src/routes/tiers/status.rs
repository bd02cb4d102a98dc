//! `GET /api/v1/tiers/status`

use axum::Json;
use axum::extract::State;
use domain::tier::Limits;
use serde::Serialize;
use store::agents;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::usage::Usage;

/// Limits and usage of the organization.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TierStatus, example = json!({
    "tier": "free", "limits": { "maxAgents": 10, "maxCallsPerDay": 1000, "maxTokensPerDay": 1000 },
    "usage": { "agentCount": 3, "callsToday": 41, "tokensToday": 7 },
}))]
pub struct TierStatus {
    /// Tier. Organizations that are not verified have lower limits, whatever their tier.
    pub tier: &'static str,
    /// Limits; `null` means unlimited.
    pub limits: Limits,
    /// Usage.
    pub usage: TierUsage,
}

/// Usage. Days start at midnight UTC.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TierUsage {
    /// Agents, excluding decommissioned ones.
    pub agent_count: u64,
    /// Authenticated calls today, including this one.
    pub calls_today: u64,
    /// Tokens issued today.
    pub tokens_today: u64,
}

/// Get limits and usage
#[utoipa::path(get, path = "/tiers/status", tag = "Organizations", operation_id = "getTierStatus", security(("bearer" = ["agents:read"])),
    responses((status = 200, description = "Limits and usage.", body = TierStatus)))]
pub async fn get_tier_status(
    State(registry): State<Registry>,
    State(usage): State<Usage>,
    caller: Caller<AgentsRead>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<TierStatus>, ApiError> {
    let used = usage.today(caller.organization_id).await?;
    let agent_count = agents::count(&registry.store, caller.organization_id).await?;
    let usage = TierUsage { agent_count, calls_today: used.calls, tokens_today: used.tokens };
    Ok(Json(TierStatus { tier: caller.tier.as_str(), limits: caller.limits(), usage }))
}
