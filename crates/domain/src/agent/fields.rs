//! An agent's fields as they are sent, and as they are once checked.

mod read;

use read::{capabilities, endpoint, public_keys, skills, status, tags, version};
use serde::Deserialize;
use serde_json::Value;

use super::{AgentStatus, AgentType, DeploymentEnv, Word as _};
use crate::capability::Capability;
use crate::email::Email;
use crate::field::{Line, Refusal, Text};
use crate::key::PublicKey;
use crate::rejection::{FieldError, Rejection};
use crate::shape::join;
use crate::skill::Skill;
#[cfg(feature = "openapi")]
pub use read::EndpointUrl;

/// What is sent to register an agent or to change one: every field may be missing. `null` is the same as missing where
/// a field can't be empty, and empties it where it can.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(clippy::option_option, reason = "the outer one is the field, the inner one null")]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "name": "Invoice screener", "description": "Flags invoices that differ from their order.", "agentType": "screener",
    "capabilities": ["invoices:read", "invoices:flag"], "tags": ["finance"],
})))]
pub struct AgentFields {
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Line<100>>))]
    pub name: Option<String>,
    /// What it does.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Text<500>>))]
    pub description: Option<String>,
    /// Unique among the organization's agents.
    #[serde(default, deserialize_with = "super::present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Email, max_length = 254))]
    pub email: Option<Option<String>>,
    /// What it mostly does.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AgentType>))]
    pub agent_type: Option<String>,
    /// A semantic version. Without one, 0.1.0.
    #[cfg_attr(
        feature = "openapi",
        schema(
            max_length = 64,
            pattern = "^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$"
        )
    )]
    pub version: Option<String>,
    /// What it says it can do, as `resource:action`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<Capability>>, min_items = 1, max_items = 50))]
    pub capabilities: Option<Vec<String>>,
    /// Words to be found by, of at most 40 characters.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Vec<Line<40>>>, max_items = 50))]
    pub tags: Option<Vec<String>>,
    /// A2A skills.
    #[serde(default, deserialize_with = "super::present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<Skill>>, max_items = 50))]
    pub skills: Option<Option<Vec<Value>>>,
    /// Who answers for it. Without one, the organization.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Line<128>>))]
    pub owner: Option<String>,
    /// Where it runs. Without it, production.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DeploymentEnv>))]
    pub deployment_env: Option<String>,
    /// `active` or `suspended`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(active|suspended)$"))]
    pub status: Option<String>,
    /// Whether it stands in the marketplace, once the organization is verified.
    pub is_public: Option<bool>,
    /// Where it is reached, by https.
    #[serde(default, deserialize_with = "super::present")]
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<EndpointUrl>))]
    pub endpoint_url: Option<Option<String>>,
    /// Its public keys as JWK (RFC 7517). We never hold a private one.
    #[serde(default, deserialize_with = "super::present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<PublicKey>>, max_items = 50))]
    pub public_keys: Option<Option<Vec<Value>>>,
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
    pub fn register(self, owner: &str) -> Result<Profile, Rejection> {
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
    pub fn change(self, profile: Profile) -> Result<Profile, Rejection> {
        self.apply(profile, Faults::default())
    }

    fn apply(self, mut profile: Profile, mut faults: Faults) -> Result<Profile, Rejection> {
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
        if faults.0.is_empty() { Ok(profile) } else { Err(Rejection::InvalidFields(faults.0)) }
    }
}

#[cfg(test)]
mod tests;
