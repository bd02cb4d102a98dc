//! Parsers of an agent's fields, one function each. Errors in nested values include their path.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use url::Url;

use crate::agent::{AgentStatus, TextForm as _};
use crate::capability::{Capability, MAX_CAPABILITIES};
use crate::field::{InvalidValue, Line, invalid};
use crate::json_errors::join;
use crate::rejection::FieldError;
use crate::skill::Skill;
use crate::{did, key};

/// Maximum number of capabilities, tags, skills and keys of an agent.
const MAX_ITEMS: usize = MAX_CAPABILITIES;

pub(super) fn parse_version(text: &str) -> Result<String, InvalidValue> {
    if text.len() > 64 {
        return invalid("has more than 64 characters");
    }
    match semver::Version::parse(text) {
        Ok(version) => Ok(version.to_string()),
        Err(error) => invalid(format!("must be a semantic version such as 1.4.0: {error}")),
    }
}

fn check_count<T>(items: &[T]) -> Result<(), InvalidValue> {
    if items.len() > MAX_ITEMS {
        invalid(format!("has {} items; the maximum is {MAX_ITEMS}", items.len()))
    } else {
        Ok(())
    }
}

/// Parses each item of a list within the limit.
fn parse_each<I, T, F: Into<FieldError>>(
    items: Vec<I>,
    parse: impl Fn(I) -> Result<T, F>,
) -> Result<Vec<T>, FieldError> {
    check_count(&items)?;
    let place = |index: usize, error: F| {
        let FieldError { field, reason } = error.into();
        FieldError { field: join(&format!("[{index}]"), &field), reason }
    };
    items.into_iter().enumerate().map(|(index, item)| parse(item).map_err(|error| place(index, error))).collect()
}

pub(super) fn parse_capabilities(texts: Vec<String>) -> Result<Vec<Capability>, FieldError> {
    if texts.is_empty() {
        return Err(InvalidValue("must have at least one item".to_owned()).into());
    }
    let mut all = parse_each(texts, |text| Capability::parse(&text))?;
    all.sort();
    all.dedup();
    Ok(all)
}

pub(super) fn parse_tags(texts: Vec<String>) -> Result<Vec<String>, FieldError> {
    let mut all = parse_each(texts, |text| Line::<40>::parse(&text).map(Line::into_string))?;
    all.sort();
    all.dedup();
    Ok(all)
}

pub(super) fn parse_status(text: &str) -> Result<AgentStatus, InvalidValue> {
    let allowed = [AgentStatus::Active, AgentStatus::Suspended];
    match AgentStatus::parse(text) {
        Ok(AgentStatus::Decommissioned) => invalid("can't be set to decommissioned; use DELETE"),
        Ok(status) => Ok(status),
        Err(_) => invalid(format!("must be one of {}", allowed.map(AgentStatus::as_str).join(", "))),
    }
}

/// Pattern of an https URL with a host name. The contract publishes the same expression.
const ENDPOINT: &str = "^https://([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?([/?][!-~]*)?$";

/// Schema of an endpoint URL.
#[cfg(feature = "openapi")]
#[derive(Debug)]
pub struct EndpointUrl;

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for EndpointUrl {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::Type::String)
            .max_length(Some(2048))
            .pattern(Some(ENDPOINT))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for EndpointUrl {}

static ENDPOINT_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ENDPOINT).ok());

pub(super) fn parse_endpoint(text: &str) -> Result<String, InvalidValue> {
    if text.len() > 2048 {
        return invalid("has more than 2,048 bytes");
    }
    match Url::parse(text) {
        Ok(url) if ENDPOINT_PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text)) => Ok(url.to_string()),
        _ => invalid("must be an https URL such as https://agents.example.com/invoices"),
    }
}

pub(super) fn parse_skills(list: Vec<Value>) -> Result<Vec<Skill>, FieldError> {
    let skills = parse_each(list, Skill::parse)?;
    let duplicate =
        skills.iter().enumerate().find(|(index, skill)| skills[..*index].iter().any(|one| one.id == skill.id));
    match duplicate {
        None => Ok(skills),
        Some((index, _)) => {
            Err(FieldError { field: format!("[{index}].id"), reason: "duplicates the id of another skill".to_owned() })
        }
    }
}

pub(super) fn parse_public_keys(keys: Vec<Value>) -> Result<Vec<Value>, FieldError> {
    check_count(&keys)?;
    let names: Vec<String> = keys.iter().enumerate().map(|(index, key)| did::key_name(index, key)).collect();
    let is_taken =
        |index: usize, name: &String| names[..index].contains(name) || did::SERVICES.contains(&name.as_str());
    if let Some((index, _)) = names.iter().enumerate().find(|(index, name)| is_taken(*index, name)) {
        let reason = "is already used in the DID document; choose another one".to_owned();
        return Err(FieldError { field: format!("[{index}].kid"), reason });
    }
    parse_each(keys, key::validate_key)
}
