//! Fields of an agent: as sent, and validated.

mod parse;

use parse::{
    parse_capabilities, parse_endpoint, parse_public_keys, parse_skills, parse_status, parse_tags, parse_version,
};
use serde::Deserialize;
use serde_json::Value;

use super::{AgentStatus, AgentType, DeploymentEnv, TextForm as _};
use crate::capability::Capability;
use crate::email::Email;
use crate::field::{InvalidValue, Line, Text};
use crate::json_errors::join;
use crate::key::PublicKey;
use crate::rejection::{FieldError, Rejection};
use crate::skill::Skill;
#[cfg(feature = "openapi")]
pub use parse::EndpointUrl;

/// Fields to register or update an agent, all optional. `null` clears a nullable field and counts as absent for any
/// other.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(clippy::option_option, reason = "the outer one is the field, the inner one null")]
#[cfg_attr(feature = "openapi", schema(as = AgentUpdate, example = json!({
    "name": "Invoice screener", "description": "Flags invoices that differ from their order.", "agentType": "screener",
    "capabilities": ["invoices:read", "invoices:flag"], "tags": ["finance"],
})))]
pub struct AgentFields {
    /// Name.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Line<100>>))]
    pub name: Option<String>,
    /// Description.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Text<500>>))]
    pub description: Option<String>,
    /// Email address, unique within the organization.
    #[serde(default, deserialize_with = "super::deserialize_nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Email, max_length = 254))]
    pub email: Option<Option<String>>,
    /// Main purpose.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AgentType>))]
    pub agent_type: Option<String>,
    /// Version (SemVer 2.0.0). Default: 0.1.0.
    #[cfg_attr(
        feature = "openapi",
        schema(
            max_length = 64,
            pattern = "^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$"
        )
    )]
    pub version: Option<String>,
    /// Self-declared capabilities, as `resource:action`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<Capability>>, min_items = 1, max_items = 50))]
    pub capabilities: Option<Vec<String>>,
    /// Search tags, up to 40 characters each.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Vec<Line<40>>>, max_items = 50))]
    pub tags: Option<Vec<String>>,
    /// A2A skills.
    #[serde(default, deserialize_with = "super::deserialize_nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<Skill>>, max_items = 50))]
    pub skills: Option<Option<Vec<Value>>>,
    /// Person or team responsible for the agent. Default: the organization's name.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<Line<128>>))]
    pub owner: Option<String>,
    /// Deployment environment. Default: production.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DeploymentEnv>))]
    pub deployment_env: Option<String>,
    /// Status: `active` or `suspended`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(active|suspended)$"))]
    pub status: Option<String>,
    /// True to publish the agent in the marketplace, once the organization is verified.
    pub is_public: Option<bool>,
    /// Endpoint URL (https).
    #[serde(default, deserialize_with = "super::deserialize_nullable")]
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Option<EndpointUrl>))]
    pub endpoint_url: Option<Option<String>>,
    /// Public keys as JWK (RFC 7517). Private keys are rejected and never stored.
    #[serde(default, deserialize_with = "super::deserialize_nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<PublicKey>>, max_items = 50))]
    pub public_keys: Option<Option<Vec<Value>>>,
}

/// Validated fields of an agent.
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

impl Profile {
    /// Lists the fields that differ in another profile, by their JSON names.
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        [
            ("name", self.name != other.name),
            ("description", self.description != other.description),
            ("email", self.email != other.email),
            ("agentType", self.agent_type != other.agent_type),
            ("version", self.version != other.version),
            ("capabilities", self.capabilities != other.capabilities),
            ("tags", self.tags != other.tags),
            ("skills", self.skills != other.skills),
            ("owner", self.owner != other.owner),
            ("deploymentEnv", self.deployment_env != other.deployment_env),
            ("status", self.status != other.status),
            ("isPublic", self.is_public != other.is_public),
            ("endpointUrl", self.endpoint_url != other.endpoint_url),
            ("publicKeys", self.public_keys != other.public_keys),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect()
    }
}

/// Collects invalid fields, so that one response reports all of them.
#[derive(Default)]
struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Returns the value, or records why it is invalid.
    fn collect<T, F: Into<FieldError>>(&mut self, field: &str, parsed: Result<T, F>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(error) => {
                let FieldError { field: below, reason } = error.into();
                self.0.push(FieldError { field: join(field, &below), reason });
                None
            }
        }
    }
}

impl AgentFields {
    /// Validates the fields of a new agent. `owner` is the default owner.
    pub fn register(self, owner: &str) -> Result<Profile, Rejection> {
        let mut errors = FieldErrors::default();
        for (field, is_missing) in [
            ("name", self.name.is_none()),
            ("agentType", self.agent_type.is_none()),
            ("capabilities", self.capabilities.is_none()),
        ] {
            if is_missing {
                errors.0.push(FieldError { field: field.to_owned(), reason: "is missing".to_owned() });
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
        self.apply(blank, errors)
    }

    /// Applies these fields to an existing agent.
    pub fn update(self, profile: Profile) -> Result<Profile, Rejection> {
        self.apply(profile, FieldErrors::default())
    }

    fn apply(self, mut profile: Profile, mut errors: FieldErrors) -> Result<Profile, Rejection> {
        macro_rules! set {
            ($field:literal, $to:expr, $input:expr, $parse:expr) => {
                if let Some(input) = $input {
                    if let Some(value) = errors.collect($field, $parse(input)) {
                        $to = value;
                    }
                }
            };
        }
        set!("name", profile.name, self.name, |text: String| Line::<100>::parse(&text).map(Line::into_string));
        set!("description", profile.description, self.description, |text: String| Text::<500>::parse(&text)
            .map(Text::into_string));
        set!("email", profile.email, self.email, |text: Option<String>| text
            .map(|text| Email::parse(&text))
            .transpose());
        set!("agentType", profile.agent_type, self.agent_type, |text: String| AgentType::parse(&text));
        set!("version", profile.version, self.version, |text: String| parse_version(&text));
        set!("capabilities", profile.capabilities, self.capabilities, parse_capabilities);
        set!("tags", profile.tags, self.tags, parse_tags);
        set!("skills", profile.skills, self.skills, |list: Option<Vec<Value>>| list.map(parse_skills).transpose());
        set!("owner", profile.owner, self.owner, |text: String| Line::<128>::parse(&text).map(Line::into_string));
        set!("deploymentEnv", profile.deployment_env, self.deployment_env, |text: String| DeploymentEnv::parse(&text));
        set!("status", profile.status, self.status, |text: String| parse_status(&text));
        set!("isPublic", profile.is_public, self.is_public, Ok::<_, InvalidValue>);
        set!("endpointUrl", profile.endpoint_url, self.endpoint_url, |text: Option<String>| text
            .map(|text| parse_endpoint(&text))
            .transpose());
        set!("publicKeys", profile.public_keys, self.public_keys, |keys: Option<Vec<Value>>| parse_public_keys(
            keys.unwrap_or_default()
        ));
        if errors.0.is_empty() { Ok(profile) } else { Err(Rejection::InvalidFields(errors.0)) }
    }
}

#[cfg(test)]
mod tests;
