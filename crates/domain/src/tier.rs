//! What an organization may use. The one table that the API, the portal and the docs read.

use serde::Serialize;

use super::organization::State;

/// A tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// What everybody has who verified an address.
    Free,
    /// Paid.
    Pro,
    /// By agreement: nothing is limited.
    Enterprise,
}

/// The most of each, with `None` where there is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Agents that are not decommissioned.
    pub max_agents: Option<u32>,
    /// Authenticated calls from midnight to midnight UTC.
    pub max_calls_per_day: Option<u32>,
    /// Tokens issued from midnight to midnight UTC.
    pub max_tokens_per_day: Option<u32>,
}

impl Limits {
    const fn of(agents: u32, calls: u32, tokens: u32) -> Self {
        Self { max_agents: Some(agents), max_calls_per_day: Some(calls), max_tokens_per_day: Some(tokens) }
    }
}

/// Limits of an organization that nobody has verified, whatever its tier.
const UNVERIFIED: Limits = Limits::of(3, 100, 100);

impl Tier {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Free, Self::Pro, Self::Enterprise];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Enterprise => "enterprise",
        }
    }

    /// Reads what [`Tier::as_str`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == text)
    }

    /// Its limits for a verified organization.
    pub fn limits(self) -> Limits {
        match self {
            Self::Free => Limits::of(10, 1_000, 1_000),
            Self::Pro => Limits::of(1_000, 100_000, 100_000),
            Self::Enterprise => Limits { max_agents: None, max_calls_per_day: None, max_tokens_per_day: None },
        }
    }

    /// What holds for an organization in this tier and this state.
    pub fn limits_in(self, state: State) -> Limits {
        match state {
            State::Verified => self.limits(),
            State::Provisional | State::Unverified => UNVERIFIED,
        }
    }
}
