//! Limits and usage.

use serde::{Deserialize, Serialize};

use super::TierName;

/// Limits and usage of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TierStatus {
    /// Tier. Organizations that are not verified have lower limits, regardless of their tier.
    pub tier: TierName,
    /// Limits.
    pub limits: TierLimits,
    /// Usage.
    pub usage: TierUsage,
}

/// Limits; `None` means unlimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TierLimits {
    /// Agents, excluding decommissioned ones.
    pub max_agents: Option<u64>,
    /// Authenticated calls per UTC day.
    pub max_calls_per_day: Option<u64>,
    /// Tokens issued per UTC day.
    pub max_tokens_per_day: Option<u64>,
}

/// Usage. Days begin at midnight UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TierUsage {
    /// Agents, excluding decommissioned ones.
    pub agent_count: u64,
    /// Authenticated calls today, including this one.
    pub calls_today: u64,
    /// Tokens issued today.
    pub tokens_today: u64,
}
