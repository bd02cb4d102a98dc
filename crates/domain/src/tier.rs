//! Tiers and their limits: the one table that the API, the portal and the docs use.

use serde::Serialize;

use super::organization::State;

/// Tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Free: every verified organization.
    Free,
    /// Pro: paid.
    Pro,
    /// Enterprise: by agreement, without limits.
    Enterprise,
}

/// Limits; `null` means unlimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TierLimits))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Agents, excluding decommissioned ones.
    pub max_agents: Option<u32>,
    /// Authenticated calls per UTC day.
    pub max_calls_per_day: Option<u32>,
    /// Tokens issued per UTC day.
    pub max_tokens_per_day: Option<u32>,
}

impl Limits {
    const fn new(agents: u32, calls: u32, tokens: u32) -> Self {
        Self { max_agents: Some(agents), max_calls_per_day: Some(calls), max_tokens_per_day: Some(tokens) }
    }
}

/// Limits of an organization that is not verified, regardless of its tier.
const UNVERIFIED: Limits = Limits::new(3, 100, 100);

impl Tier {
    /// All tiers, lowest first.
    pub const ALL: [Self; 3] = [Self::Free, Self::Pro, Self::Enterprise];

    /// Returns the text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Enterprise => "enterprise",
        }
    }

    /// Parses the text form of [`Tier::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == text)
    }

    /// Returns the limits of a verified organization.
    pub fn limits(self) -> Limits {
        match self {
            Self::Free => Limits::new(10, 1_000, 1_000),
            Self::Pro => Limits::new(1_000, 100_000, 100_000),
            Self::Enterprise => Limits { max_agents: None, max_calls_per_day: None, max_tokens_per_day: None },
        }
    }

    /// Returns the limits of an organization in this tier and state.
    pub fn limits_in(self, state: State) -> Limits {
        match state {
            State::Verified => self.limits(),
            State::Provisional | State::Unverified => UNVERIFIED,
        }
    }
}
