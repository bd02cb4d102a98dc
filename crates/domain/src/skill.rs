//! What an agent can be asked for, as A2A's cards tell it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::{Line, Refusal, Text};
use super::shape;
use crate::rejection::FieldError;

/// An A2A skill (A2A 1.0, section 4.4.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "screen", "name": "Screen an invoice", "description": "Compares it with its order.", "tags": ["finance"] })))]
pub struct Skill {
    /// Unique among the agent's skills.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Line<100>))]
    pub id: String,
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Line<100>))]
    pub name: String,
    /// What it does.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Text<500>))]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Words to be found by.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Line<40>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What it may be asked.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Text<500>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// Media types that it takes.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Line<100>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input_modes: Vec<String>,
    /// Media types that it answers.
    #[cfg_attr(feature = "openapi", schema(inline, value_type = Vec<Line<100>>, max_items = 20))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub output_modes: Vec<String>,
}

/// Most tags, examples and modes.
const MOST_ITEMS: usize = 20;

impl Skill {
    /// Reads one. The refusal names the field.
    pub fn read(value: Value) -> Result<Self, FieldError> {
        if !value.is_object() {
            return Err(Refusal("wants an object with `id` and `name`".to_owned()).into());
        }
        shape::read::<Self, _>(value)?.checked()
    }

    fn checked(self) -> Result<Self, FieldError> {
        Ok(Self {
            id: named("id", Line::<100>::read(&self.id).map(Line::into_string))?,
            name: named("name", Line::<100>::read(&self.name).map(Line::into_string))?,
            description: named("description", Text::<500>::read(&self.description).map(Text::into_string))?,
            tags: all("tags", &self.tags, |text| Line::<40>::read(text).map(Line::into_string))?,
            examples: all("examples", &self.examples, |text| Text::<500>::read(text).map(Text::into_string))?,
            input_modes: all("inputModes", &self.input_modes, |text| Line::<100>::read(text).map(Line::into_string))?,
            output_modes: all("outputModes", &self.output_modes, |text| {
                Line::<100>::read(text).map(Line::into_string)
            })?,
        })
    }
}

fn named<T>(field: &str, read: Result<T, Refusal>) -> Result<T, FieldError> {
    read.map_err(|refusal| FieldError { field: field.to_owned(), reason: refusal.0 })
}

fn all(
    field: &str,
    texts: &[String],
    read: impl Fn(&str) -> Result<String, Refusal>,
) -> Result<Vec<String>, FieldError> {
    if texts.len() > MOST_ITEMS {
        let reason = format!("has {} items; at most {MOST_ITEMS} are taken", texts.len());
        return Err(FieldError { field: field.to_owned(), reason });
    }
    texts.iter().enumerate().map(|(index, text)| named(&format!("{field}[{index}]"), read(text))).collect()
}
