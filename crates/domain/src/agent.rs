//! Agents: types, statuses and validated fields.

#[cfg(feature = "crypto")]
mod fields;

use serde::{Deserialize, Deserializer, Serialize};

use super::field::{InvalidValue, invalid};
#[cfg(all(feature = "crypto", feature = "openapi"))]
pub use fields::EndpointUrl;
#[cfg(feature = "crypto")]
pub use fields::{AgentFields, Profile};

/// Main purpose of an agent.
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

/// Deployment environment of an agent.
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

/// Status of an agent. `decommissioned` is permanent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AgentStatus {
    /// Active: can get tokens.
    #[default]
    Active,
    /// Suspended: can't get tokens until it is active again.
    Suspended,
    /// Decommissioned permanently. Its records are kept.
    Decommissioned,
}

/// Enumerations with a text form, for the database and query strings.
pub trait TextForm: Sized + Copy + PartialEq + 'static {
    /// Values with their text forms.
    const TEXTS: &'static [(Self, &'static str)];

    /// Returns the text form.
    fn as_str(self) -> &'static str {
        Self::TEXTS.iter().find(|(value, _)| *value == self).map_or("", |(_, known)| known)
    }

    /// Parses a text form.
    fn parse(text: &str) -> Result<Self, InvalidValue> {
        match Self::TEXTS.iter().find(|(_, known)| *known == text) {
            Some((value, _)) => Ok(*value),
            None => {
                let allowed: Vec<&str> = Self::TEXTS.iter().map(|(_, known)| *known).collect();
                invalid(format!("must be one of {}", allowed.join(", ")))
            }
        }
    }
}

impl TextForm for AgentType {
    const TEXTS: &'static [(Self, &'static str)] = &[
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

impl TextForm for DeploymentEnv {
    const TEXTS: &'static [(Self, &'static str)] =
        &[(Self::Development, "development"), (Self::Staging, "staging"), (Self::Production, "production")];
}

impl TextForm for AgentStatus {
    const TEXTS: &'static [(Self, &'static str)] =
        &[(Self::Active, "active"), (Self::Suspended, "suspended"), (Self::Decommissioned, "decommissioned")];
}

/// Deserializes a field so that `null` differs from an absent field.
pub fn deserialize_nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
