//! Agents: what can be registered, and what may change.

mod read;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::capability::Capability;
use super::email::Email;
use super::field::{Line, Refusal, Text, refuse};
use super::key::PublicKey;
use super::shape::join;
use super::skill::Skill;
use crate::error::{ApiError, FieldError};
pub use read::EndpointUrl;
use read::{capabilities, endpoint, public_keys, skills, status, tags, version};

/// What an agent mostly does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum DeploymentEnv {
    Development,
    Staging,
    #[default]
    Production,
}

/// How an agent stands. `Decommissioned` is the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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

/// What is sent to register an agent or to change one: every field may be missing. `null` is the same as missing where
/// a field can't be empty, and empties it where it can.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(clippy::option_option, reason = "the outer one is the field, the inner one null")]
#[schema(example = json!({
    "name": "Invoice screener", "description": "Flags invoices that differ from their order.", "agentType": "screener",
    "capabilities": ["invoices:read", "invoices:flag"], "tags": ["finance"],
}))]
pub struct AgentFields {
    /// What it is called.
    #[schema(inline, value_type = Option<Line<100>>)]
    pub name: Option<String>,
    /// What it does.
    #[schema(inline, value_type = Option<Text<500>>)]
    pub description: Option<String>,
    /// Unique among the organization's agents.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = Email, max_length = 254)]
    pub email: Option<Option<String>>,
    /// What it mostly does.
    #[schema(value_type = Option<AgentType>)]
    pub agent_type: Option<String>,
    /// A semantic version. Without one, 0.1.0.
    #[schema(
        max_length = 64,
        pattern = "^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$"
    )]
    pub version: Option<String>,
    /// What it says it can do, as `resource:action`.
    #[schema(value_type = Option<Vec<Capability>>, min_items = 1, max_items = 50)]
    pub capabilities: Option<Vec<String>>,
    /// Words to be found by, of at most 40 characters.
    #[schema(inline, value_type = Option<Vec<Line<40>>>, max_items = 50)]
    pub tags: Option<Vec<String>>,
    /// A2A skills.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<Skill>>, max_items = 50)]
    pub skills: Option<Option<Vec<Value>>>,
    /// Who answers for it. Without one, the organization.
    #[schema(inline, value_type = Option<Line<128>>)]
    pub owner: Option<String>,
    /// Where it runs. Without it, production.
    #[schema(value_type = Option<DeploymentEnv>)]
    pub deployment_env: Option<String>,
    /// `active` or `suspended`.
    #[schema(pattern = "^(active|suspended)$")]
    pub status: Option<String>,
    /// Whether it stands in the marketplace, once the organization is verified.
    pub is_public: Option<bool>,
    /// Where it is reached, by https.
    #[serde(default, deserialize_with = "present")]
    #[schema(inline, value_type = Option<EndpointUrl>)]
    pub endpoint_url: Option<Option<String>>,
    /// Its public keys as JWK (RFC 7517). We never hold a private one.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<PublicKey>>, max_items = 50)]
    pub public_keys: Option<Option<Vec<Value>>>,
}

/// Tells `null` from a field that is not there.
#[expect(clippy::option_option, reason = "the outer one is the field, the inner one null")]
pub(crate) fn present<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// What an agent says of itself, checked.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as in AgentFields")]
pub struct Profile {
    pub name: String,
    pub description: String,
    pub email: Option<Email>,
    pub agent_type: AgentType,
    pub version: String,
    pub capabilities: Vec<Capability>,
    pub tags: Vec<String>,
    pub skills: Option<Vec<Skill>>,
    pub owner: String,
    pub deployment_env: DeploymentEnv,
    pub status: AgentStatus,
    pub is_public: bool,
    pub endpoint_url: Option<String>,
    pub public_keys: Vec<Value>,
}

/// Gathers what is wrong, so that all of it is told at once.
#[derive(Default)]
struct Faults(Vec<FieldError>);

impl Faults {
    /// The value, or a note of why there is none.
    fn take<T, F: Into<FieldError>>(&mut self, field: &str, read: Result<T, F>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(fault) => {
                let FieldError { field: below, reason } = fault.into();
                self.0.push(FieldError { field: join(field, &below), reason });
                None
            }
        }
    }
}

impl AgentFields {
    /// A new agent. `owner` stands in where none is given.
    pub fn register(self, owner: &str) -> Result<Profile, ApiError> {
        let mut faults = Faults::default();
        for (field, is_missing) in [
            ("name", self.name.is_none()),
            ("agentType", self.agent_type.is_none()),
            ("capabilities", self.capabilities.is_none()),
        ] {
            if is_missing {
                faults.0.push(FieldError { field: field.to_owned(), reason: "is missing".to_owned() });
            }
        }
        let blank = Profile {
            name: String::new(),
            description: String::new(),
            email: None,
            agent_type: AgentType::Custom,
            version: "0.1.0".to_owned(),
            capabilities: Vec::new(),
            tags: Vec::new(),
            skills: None,
            owner: owner.to_owned(),
            deployment_env: DeploymentEnv::default(),
            status: AgentStatus::Active,
            is_public: false,
            endpoint_url: None,
            public_keys: Vec::new(),
        };
        self.apply(blank, faults)
    }

    /// An agent as it is, with these fields changed.
    pub fn change(self, profile: Profile) -> Result<Profile, ApiError> {
        self.apply(profile, Faults::default())
    }

    fn apply(self, mut profile: Profile, mut faults: Faults) -> Result<Profile, ApiError> {
        macro_rules! put {
            ($field:literal, $to:expr, $given:expr, $read:expr) => {
                if let Some(given) = $given {
                    if let Some(value) = faults.take($field, $read(given)) {
                        $to = value;
                    }
                }
            };
        }
        put!("name", profile.name, self.name, |text: String| Line::<100>::read(&text).map(Line::into_string));
        put!("description", profile.description, self.description, |text: String| Text::<500>::read(&text)
            .map(Text::into_string));
        put!("email", profile.email, self.email, |text: Option<String>| text
            .map(|text| Email::read(&text))
            .transpose());
        put!("agentType", profile.agent_type, self.agent_type, |text: String| AgentType::read(&text));
        put!("version", profile.version, self.version, |text: String| version(&text));
        put!("capabilities", profile.capabilities, self.capabilities, capabilities);
        put!("tags", profile.tags, self.tags, tags);
        put!("skills", profile.skills, self.skills, |list: Option<Vec<Value>>| list.map(skills).transpose());
        put!("owner", profile.owner, self.owner, |text: String| Line::<128>::read(&text).map(Line::into_string));
        put!("deploymentEnv", profile.deployment_env, self.deployment_env, |text: String| DeploymentEnv::read(&text));
        put!("status", profile.status, self.status, |text: String| status(&text));
        put!("isPublic", profile.is_public, self.is_public, Ok::<_, Refusal>);
        put!("endpointUrl", profile.endpoint_url, self.endpoint_url, |text: Option<String>| text
            .map(|text| endpoint(&text))
            .transpose());
        put!("publicKeys", profile.public_keys, self.public_keys, |keys: Option<Vec<Value>>| public_keys(
            keys.unwrap_or_default()
        ));
        if faults.0.is_empty() { Ok(profile) } else { Err(ApiError::Validation { fields: faults.0 }) }
    }
}

#[cfg(test)]
mod tests;
