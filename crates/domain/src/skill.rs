//! Skills of an agent, as in A2A cards.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::{InvalidValue, Line, Text};
use super::json_errors;
use crate::rejection::FieldError;

/// A2A skill (A2A 1.0, section 4.4.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "screen", "name": "Screen an invoice", "description": "Compares an invoice with its order.", "tags": ["finance"] })))]
pub struct Skill {
    /// ID, unique among the agent's skills.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Line<100>))]
    pub id: String,
    /// Name.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Line<100>))]
    pub name: String,
    /// Description.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Text<500>))]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Search tags.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Line<40>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Example requests.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Text<500>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// Accepted media types.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Line<100>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input_modes: Vec<String>,
    /// Returned media types.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Line<100>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub output_modes: Vec<String>,
}

/// Maximum number of tags, examples and modes.
const MAX_ITEMS: usize = 20;

impl Skill {
    /// Parses a skill. The error names the field.
    pub fn parse(value: Value) -> Result<Self, FieldError> {
        if !value.is_object() {
            return Err(InvalidValue("must be an object with `id` and `name`".to_owned()).into());
        }
        json_errors::deserialize::<Self, _>(value)?.validated()
    }

    fn validated(self) -> Result<Self, FieldError> {
        Ok(Self {
            id: name_field("id", Line::<100>::parse(&self.id).map(Line::into_string))?,
            name: name_field("name", Line::<100>::parse(&self.name).map(Line::into_string))?,
            description: name_field("description", Text::<500>::parse(&self.description).map(Text::into_string))?,
            tags: parse_all("tags", &self.tags, |text| Line::<40>::parse(text).map(Line::into_string))?,
            examples: parse_all("examples", &self.examples, |text| Text::<500>::parse(text).map(Text::into_string))?,
            input_modes: parse_all("inputModes", &self.input_modes, |text| {
                Line::<100>::parse(text).map(Line::into_string)
            })?,
            output_modes: parse_all("outputModes", &self.output_modes, |text| {
                Line::<100>::parse(text).map(Line::into_string)
            })?,
        })
    }
}

fn name_field<T>(field: &str, parsed: Result<T, InvalidValue>) -> Result<T, FieldError> {
    parsed.map_err(|error| FieldError { field: field.to_owned(), reason: error.0 })
}

fn parse_all(
    field: &str,
    texts: &[String],
    parse: impl Fn(&str) -> Result<String, InvalidValue>,
) -> Result<Vec<String>, FieldError> {
    if texts.len() > MAX_ITEMS {
        let reason = format!("has {} items; the maximum is {MAX_ITEMS}", texts.len());
        return Err(FieldError { field: field.to_owned(), reason });
    }
    texts.iter().enumerate().map(|(index, text)| name_field(&format!("{field}[{index}]"), parse(text))).collect()
}
