//! Limits and usage.

use serde::{Deserialize, Serialize};

use super::TierName;

/// What you may use, and what you have used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TierStatus {
    /// The tier. An organization that is not verified has less, whatever it is.
    pub tier: TierName,
    /// The most of each.
    pub limits: TierLimits,
    /// What was used.
    pub usage: TierUsage,
}

/// The most of each; none where there is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TierLimits {
    /// Agents that are not decommissioned.
    pub max_agents: Option<u64>,
    /// Authenticated calls from midnight to midnight UTC.
    pub max_calls_per_day: Option<u64>,
    /// Tokens issued from midnight to midnight UTC.
    pub max_tokens_per_day: Option<u64>,
}

/// What was used. Days begin at midnight UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TierUsage {
    /// Agents that are not decommissioned.
    pub agent_count: u64,
    /// Authenticated calls today, with this one.
    pub calls_today: u64,
    /// Tokens issued today.
    pub tokens_today: u64,
}
