//! Deserialization errors: path and expected type.
//!
//! Never echoes values: a secret sent in the wrong field must not appear in a response or a log.

use serde::{Deserialize, Deserializer};
use serde_path_to_error::{Path, Segment};

use super::secret;
use crate::rejection::FieldError;

/// Maximum length of an unknown field or parameter name that is echoed.
const MAX_NAME_LENGTH: usize = 40;
/// Path of the whole value.
pub const WHOLE: &str = "";

/// Deserializes JSON. The error's field is the path within the value; [`WHOLE`] for the value itself.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, FieldError>
where
    T: Deserialize<'de>,
    D: Deserializer<'de, Error = serde_json::Error>,
{
    serde_path_to_error::deserialize(deserializer).map_err(|error| field_error(error.path(), error.inner()))
}

/// Joins the paths of a field and a nested field.
pub fn join(parent: &str, child: &str) -> String {
    match (parent, child) {
        (one, WHOLE) | (WHOLE, one) => one.to_owned(),
        (parent, child) if child.starts_with('[') => format!("{parent}{child}"),
        (parent, child) => format!("{parent}.{child}"),
    }
}

/// Returns true if an unknown name can be echoed: short, plain, and not similar to a secret.
pub fn can_echo(name: &str) -> bool {
    (1..=MAX_NAME_LENGTH).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        && !secret::looks_like_secret(name)
}

/// Formats the list of allowed names that ends a reason.
pub fn list_allowed<'a>(known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if known.is_empty() {
        "; no fields are allowed".to_owned()
    } else {
        format!("; expected one of {}", known.join(", "))
    }
}

fn field_error(path: &Path, error: &serde_json::Error) -> FieldError {
    if !error.is_data() {
        return FieldError { field: WHOLE.to_owned(), reason: format!("is not valid JSON: {error}") };
    }
    let message = error.to_string();
    // Errors from text, not from values, end with a position.
    let place = message.rsplit_once(" at line ").filter(|(_, place)| place.ends_with(|end: char| end.is_ascii_digit()));
    let message = place.map_or(message.as_str(), |(start, _)| start);
    let path = path.iter().collect::<Vec<_>>();
    if message.starts_with("unknown field ") {
        return unknown_field(&path, message);
    }
    for (start, reason) in [("missing field `", "is required"), ("duplicate field `", "is duplicated")] {
        if let Some(name) = message.strip_prefix(start) {
            return FieldError {
                field: join(&format_path(&path), name.trim_end_matches('`')),
                reason: reason.to_owned(),
            };
        }
    }
    let reason = match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("must be {}", type_name(expected)),
        // Custom deserializers return complete reasons.
        None if message.starts_with("must be ") => message.to_owned(),
        None => "is invalid".to_owned(),
    };
    FieldError { field: format_path(&path), reason }
}

/// Error of an unknown field. serde lists the known fields after the last "expected", each in backticks.
fn unknown_field(path: &[&Segment], message: &str) -> FieldError {
    let known = message.rsplit_once("`, expected ").map_or("", |(_, known)| known);
    let known = list_allowed(known.split('`').skip(1).step_by(2));
    match path {
        [parents @ .., Segment::Map { key }] if can_echo(key) => {
            FieldError { field: join(&format_path(parents), key), reason: format!("is not a known field{known}") }
        }
        [parents @ .., _] => FieldError { field: format_path(parents), reason: format!("has an unknown field{known}") },
        [] => FieldError { field: WHOLE.to_owned(), reason: format!("has an unknown field{known}") },
    }
}

/// Formats a path up to the first name that can't be echoed.
fn format_path(path: &[&Segment]) -> String {
    let mut formatted = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => format!("[{index}]"),
            Segment::Map { key } | Segment::Enum { variant: key } if can_echo(key) => key.clone(),
            Segment::Map { .. } | Segment::Enum { .. } | Segment::Unknown => break,
        };
        formatted = join(&formatted, &part);
    }
    formatted
}

/// Names the type that serde expects.
fn type_name(expected: &str) -> &'static str {
    match expected {
        "a string" | "a borrowed string" | "a character" => "a string",
        "a boolean" => "true or false",
        "a map" => "an object",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.starts_with("a sequence") || expected.starts_with("a tuple") => "an array",
        "a JSON number" | "f32" | "f64" => "a number",
        _ if expected.starts_with('u') && expected[1..].parse::<u8>().is_ok() => "a non-negative integer",
        _ if expected.starts_with('i') && expected[1..].parse::<u8>().is_ok() => "an integer",
        _ => "another type",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::secret::{Purpose, Secret};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "what they hold is nobody's business here")]
    struct Sample {
        text: String,
        list: Option<Vec<Sample>>,
        flag: Option<bool>,
        number: Option<serde_json::Number>,
        count: Option<u32>,
        any: Option<Value>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    fn wrong<T: std::fmt::Debug + serde::de::DeserializeOwned>(text: &str) -> (String, String) {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let fault = deserialize::<T, _>(&mut deserializer).expect_err(text);
        (fault.field, fault.reason)
    }

    fn check(text: &str, field: &str, reason: &str) {
        assert_eq!(wrong::<Sample>(text), (field.to_owned(), reason.to_owned()), "{text}");
    }

    #[test]
    fn errors_name_the_path_and_the_expected_type() {
        check(r#"{"text": 5}"#, "text", "must be a string");
        check(r#"{"text": null}"#, "text", "must be a string");
        check(r#"{"text": "a", "list": "b"}"#, "list", "must be an array");
        check(r#"{"text": "a", "list": [{"text": "a", "list": [3]}]}"#, "list[0].list[0]", "must be an object");
        check(r#"{"text": "a", "flag": "true"}"#, "flag", "must be true or false");
        check(r#"{"text": "a", "number": "1"}"#, "number", "must be a number");
        check(r#"{"text": "a", "count": -1}"#, "count", "must be a non-negative integer");
        check(r#"{"list": []}"#, "text", "is required");
        check(r#"{"text": "a", "list": [{}]}"#, "list[0].text", "is required");
        check(r#"{"text": "a", "text": "b"}"#, "text", "is duplicated");
        check(
            r#"{"text": "a", "list": [{"txt": 1}]}"#,
            "list[0].txt",
            "is not a known field; expected one of text, list, flag, number, count, any",
        );
        assert_eq!(wrong::<Sample>("null"), (WHOLE.to_owned(), "must be an object".to_owned()));
        let none = "is not a known field; no fields are allowed";
        assert_eq!(wrong::<Nothing>(r#"{"a": 1}"#), ("a".to_owned(), none.to_owned()));
        assert!(wrong::<Sample>(r#"{"text": "#).1.starts_with("is not valid JSON: EOF"));
    }

    #[test]
    fn values_are_never_echoed() {
        let purposes = [Purpose::Agent, Purpose::Admin, Purpose::Link, Purpose::Claim, Purpose::Session];
        let mut secrets: Vec<String> =
            purposes.map(|purpose| Secret::generate(purpose).expect("randomness").reveal().to_owned()).into();
        secrets.push("eyJhbGciOiJFZERTQSJ9.e30.c2ln".to_owned());
        secrets.extend(purposes.map(|purpose| format!("{}short", purpose.prefix())));
        secrets.push("`, expected `x`, expected one of `y` at line 1".to_owned());
        secrets.push("a secret of another's, expected a string".to_owned());
        for secret in secrets {
            let text = Value::from(secret.as_str()).to_string();
            for value in [
                json!(secret),
                json!([secret]),
                json!({ "text": [secret] }),
                json!({ "text": { secret.as_str(): 1 } }),
                json!({ "text": "a", "list": secret }),
                json!({ "text": "a", "list": [secret] }),
                json!({ "text": "a", "list": { secret.as_str(): secret } }),
                json!({ "text": "a", "list": [{ secret.as_str(): secret }] }),
                json!({ "text": "a", "flag": secret }),
                json!({ "text": "a", "number": secret }),
                json!({ "text": "a", "count": secret }),
                json!({ secret.as_str(): 1 }),
                json!({ "text": "a", secret.as_str(): 1 }),
            ] {
                let (field, reason) = wrong::<Sample>(&value.to_string());
                for part in [secret.as_str(), text.trim_matches('"'), "short", "another"] {
                    assert!(!field.contains(part) && !reason.contains(part), "{value}: {field} {reason}");
                }
            }
        }
    }
}
