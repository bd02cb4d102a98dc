//! Reads an agent's fields, one function for each. A refusal says where in the field it lies.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use url::Url;

use crate::agent::{AgentStatus, Word as _};
use crate::capability::Capability;
use crate::field::{Line, Refusal, refuse};
use crate::rejection::FieldError;
use crate::shape::join;
use crate::skill::Skill;
use crate::{did, key};

/// Most capabilities, tags, skills and keys that one agent has.
const MOST_ITEMS: usize = 50;

pub(super) fn version(text: &str) -> Result<String, Refusal> {
    if text.len() > 64 {
        return refuse("is longer than 64 characters");
    }
    match semver::Version::parse(text) {
        Ok(version) => Ok(version.to_string()),
        Err(error) => refuse(format!("is no semantic version such as 1.4.0: {error}")),
    }
}

fn few<T>(items: &[T]) -> Result<(), Refusal> {
    if items.len() > MOST_ITEMS {
        refuse(format!("has {} items; at most {MOST_ITEMS} are taken", items.len()))
    } else {
        Ok(())
    }
}

/// Reads each item of a list that is not too long.
fn each<I, T, F: Into<FieldError>>(items: Vec<I>, read: impl Fn(I) -> Result<T, F>) -> Result<Vec<T>, FieldError> {
    few(&items)?;
    let place = |index: usize, fault: F| {
        let FieldError { field, reason } = fault.into();
        FieldError { field: join(&format!("[{index}]"), &field), reason }
    };
    items.into_iter().enumerate().map(|(index, item)| read(item).map_err(|fault| place(index, fault))).collect()
}

pub(super) fn capabilities(texts: Vec<String>) -> Result<Vec<Capability>, FieldError> {
    if texts.is_empty() {
        return Err(Refusal("is empty: name at least one".to_owned()).into());
    }
    let mut all = each(texts, |text| Capability::read(&text))?;
    all.sort();
    all.dedup();
    Ok(all)
}

pub(super) fn tags(texts: Vec<String>) -> Result<Vec<String>, FieldError> {
    let mut all = each(texts, |text| Line::<40>::read(&text).map(Line::into_string))?;
    all.sort();
    all.dedup();
    Ok(all)
}

pub(super) fn status(text: &str) -> Result<AgentStatus, Refusal> {
    let taken = [AgentStatus::Active, AgentStatus::Suspended];
    match AgentStatus::read(text) {
        Ok(AgentStatus::Decommissioned) => refuse("can't be set to decommissioned: use DELETE"),
        Ok(status) => Ok(status),
        Err(_) => refuse(format!("is none of {}", taken.map(AgentStatus::word).join(", "))),
    }
}

/// An https address of a named host: what is written here and what the contract says is the same expression.
const ENDPOINT: &str = "^https://([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?([/?][!-~]*)?$";

/// Such an address, as the contract has it.
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

pub(super) fn endpoint(text: &str) -> Result<String, Refusal> {
    if text.len() > 2048 {
        return refuse("is longer than 2,048 bytes");
    }
    match Url::parse(text) {
        Ok(url) if ENDPOINT_PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text)) => Ok(url.to_string()),
        _ => refuse("is no https address such as https://agents.example.com/invoices"),
    }
}

pub(super) fn skills(list: Vec<Value>) -> Result<Vec<Skill>, FieldError> {
    let skills = each(list, Skill::read)?;
    let double = skills.iter().enumerate().find(|(index, skill)| skills[..*index].iter().any(|one| one.id == skill.id));
    match double {
        None => Ok(skills),
        Some((index, _)) => Err(FieldError {
            field: format!("[{index}].id"),
            reason: "is that of a skill before it: each has its own".to_owned(),
        }),
    }
}

pub(super) fn public_keys(keys: Vec<Value>) -> Result<Vec<Value>, FieldError> {
    few(&keys)?;
    let names: Vec<String> = keys.iter().enumerate().map(|(index, key)| did::key_name(index, key)).collect();
    let taken = |index: usize, name: &String| names[..index].contains(name) || did::SERVICES.contains(&name.as_str());
    if let Some((index, _)) = names.iter().enumerate().find(|(index, name)| taken(*index, name)) {
        let reason = "stands for something else in the DID document: give it another one".to_owned();
        return Err(FieldError { field: format!("[{index}].kid"), reason });
    }
    each(keys, key::checked)
}
