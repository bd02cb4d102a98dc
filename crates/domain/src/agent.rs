//! Agents: what can be registered, and what may change.

#[cfg(feature = "crypto")]
mod fields;

use serde::{Deserialize, Deserializer, Serialize};

use super::field::{Refusal, refuse};
#[cfg(all(feature = "crypto", feature = "openapi"))]
pub use fields::EndpointUrl;
#[cfg(feature = "crypto")]
pub use fields::{AgentFields, Profile};

/// What an agent mostly does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum AgentType {
    Screener,
    Classifier,
    Orchestrator,
    Extractor,
    Summarizer,
    Router,
    Monitor,
    Custom,
}

/// Where an agent runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum DeploymentEnv {
    Development,
    Staging,
    #[default]
    Production,
}

/// How an agent stands. `Decommissioned` is the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AgentStatus {
    /// It works.
    #[default]
    Active,
    /// It gets no tokens, until it is active again.
    Suspended,
    /// It will never work again. Nothing of it is erased.
    Decommissioned,
}

/// Enums that the database and query strings hold as words.
pub trait Word: Sized + Copy + PartialEq + 'static {
    /// Each value with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// As it is written.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word)
    }

    /// Reads one.
    fn read(text: &str) -> Result<Self, Refusal> {
        match Self::WORDS.iter().find(|(_, word)| *word == text) {
            Some((value, _)) => Ok(*value),
            None => {
                let words: Vec<&str> = Self::WORDS.iter().map(|(_, word)| *word).collect();
                refuse(format!("is none of {}", words.join(", ")))
            }
        }
    }
}

impl Word for AgentType {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Screener, "screener"),
        (Self::Classifier, "classifier"),
        (Self::Orchestrator, "orchestrator"),
        (Self::Extractor, "extractor"),
        (Self::Summarizer, "summarizer"),
        (Self::Router, "router"),
        (Self::Monitor, "monitor"),
        (Self::Custom, "custom"),
    ];
}

impl Word for DeploymentEnv {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Development, "development"), (Self::Staging, "staging"), (Self::Production, "production")];
}

impl Word for AgentStatus {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Active, "active"), (Self::Suspended, "suspended"), (Self::Decommissioned, "decommissioned")];
}

/// Tells `null` from a field that is not there.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
