//! JSON of a wrong shape: where it is wrong, and what was expected there.
//!
//! Nothing of what came is told again: who sends a secret in the wrong place finds it in no answer, and in no log of one.

use serde::{Deserialize, Deserializer};
use serde_path_to_error::{Path, Segment};

use super::secret;
use crate::rejection::FieldError;

/// Longest name of an unknown member or parameter that is told.
const LONGEST_NAME: usize = 40;
/// What a field is called that is the whole.
pub const WHOLE: &str = "";

/// Reads JSON into a type. The refusal's field is the path below what is read, and [`WHOLE`] where it is all of it.
pub fn read<'de, T, D>(deserializer: D) -> Result<T, FieldError>
where
    T: Deserialize<'de>,
    D: Deserializer<'de, Error = serde_json::Error>,
{
    serde_path_to_error::deserialize(deserializer).map_err(|error| refusal(error.path(), error.inner()))
}

/// A field below another one.
pub fn join(parent: &str, child: &str) -> String {
    match (parent, child) {
        (one, WHOLE) | (WHOLE, one) => one.to_owned(),
        (parent, child) if child.starts_with('[') => format!("{parent}{child}"),
        (parent, child) => format!("{parent}.{child}"),
    }
}

/// Whether a name that nobody knows may be told: it can't be a secret, nor anything else that is nobody's business.
pub fn is_tellable(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        && !secret::is_like_one(name)
}

/// Names, as they end a sentence.
pub fn there_are<'a>(known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if known.is_empty() { "; there are none".to_owned() } else { format!("; there are {}", known.join(", ")) }
}

fn refusal(path: &Path, error: &serde_json::Error) -> FieldError {
    if !error.is_data() {
        return FieldError { field: WHOLE.to_owned(), reason: format!("is no JSON: {error}") };
    }
    let told = error.to_string();
    // Where a text was read and not a value, its place stands at the end.
    let place = told.rsplit_once(" at line ").filter(|(_, place)| place.ends_with(|end: char| end.is_ascii_digit()));
    let told = place.map_or(told.as_str(), |(told, _)| told);
    let path = path.iter().collect::<Vec<_>>();
    if told.starts_with("unknown field ") {
        return unknown(&path, told);
    }
    for (start, reason) in [("missing field `", "is missing"), ("duplicate field `", "is there twice")] {
        if let Some(name) = told.strip_prefix(start) {
            return FieldError { field: join(&spelt(&path), name.trim_end_matches('`')), reason: reason.to_owned() };
        }
    }
    let reason = match told.rsplit_once(", expected ") {
        Some((_, expected)) => format!("wants {}", kind(expected)),
        // What our own readers say completes the sentence already.
        None if told.starts_with("wants ") => told.to_owned(),
        None => "can't be taken as it is".to_owned(),
    };
    FieldError { field: spelt(&path), reason }
}

/// A member that is not known. serde names those that are behind the last "expected", each between backticks.
fn unknown(path: &[&Segment], told: &str) -> FieldError {
    let known = told.rsplit_once("`, expected ").map_or("", |(_, known)| known);
    let known = there_are(known.split('`').skip(1).step_by(2));
    match path {
        [parents @ .., Segment::Map { key }] if is_tellable(key) => {
            FieldError { field: join(&spelt(parents), key), reason: format!("is no member that is known here{known}") }
        }
        [parents @ .., _] => {
            FieldError { field: spelt(parents), reason: format!("has a member that is not known here{known}") }
        }
        [] => FieldError { field: WHOLE.to_owned(), reason: format!("has a member that is not known here{known}") },
    }
}

/// A path as far as it may be told.
fn spelt(path: &[&Segment]) -> String {
    let mut spelt = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => format!("[{index}]"),
            Segment::Map { key } | Segment::Enum { variant: key } if is_tellable(key) => key.clone(),
            Segment::Map { .. } | Segment::Enum { .. } | Segment::Unknown => break,
        };
        spelt = join(&spelt, &part);
    }
    spelt
}

/// What serde expects, in words.
fn kind(expected: &str) -> &'static str {
    match expected {
        "a string" | "a borrowed string" | "a character" => "a text",
        "a boolean" => "true or false",
        "a map" => "an object",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.starts_with("a sequence") || expected.starts_with("a tuple") => "a list",
        "a JSON number" | "f32" | "f64" => "a number",
        _ if expected.starts_with(['u', 'i']) && expected[1..].parse::<u8>().is_ok() => "a whole number",
        _ => "something else",
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
        let fault = read::<T, _>(&mut deserializer).expect_err(text);
        (fault.field, fault.reason)
    }

    fn told(text: &str, field: &str, reason: &str) {
        assert_eq!(wrong::<Sample>(text), (field.to_owned(), reason.to_owned()), "{text}");
    }

    #[test]
    fn where_it_is_and_what_was_expected() {
        told(r#"{"text": 5}"#, "text", "wants a text");
        told(r#"{"text": null}"#, "text", "wants a text");
        told(r#"{"text": "a", "list": "b"}"#, "list", "wants a list");
        told(r#"{"text": "a", "list": [{"text": "a", "list": [3]}]}"#, "list[0].list[0]", "wants an object");
        told(r#"{"text": "a", "flag": "true"}"#, "flag", "wants true or false");
        told(r#"{"text": "a", "number": "1"}"#, "number", "wants a number");
        told(r#"{"text": "a", "count": -1}"#, "count", "wants a whole number");
        told(r#"{"list": []}"#, "text", "is missing");
        told(r#"{"text": "a", "list": [{}]}"#, "list[0].text", "is missing");
        told(r#"{"text": "a", "text": "b"}"#, "text", "is there twice");
        told(
            r#"{"text": "a", "list": [{"txt": 1}]}"#,
            "list[0].txt",
            "is no member that is known here; there are text, list, flag, number, count, any",
        );
        assert_eq!(wrong::<Sample>("null"), (WHOLE.to_owned(), "wants an object".to_owned()));
        let none = "is no member that is known here; there are none";
        assert_eq!(wrong::<Nothing>(r#"{"a": 1}"#), ("a".to_owned(), none.to_owned()));
        assert!(wrong::<Sample>(r#"{"text": "#).1.starts_with("is no JSON: EOF"));
    }

    #[test]
    fn nothing_that_came_is_told_again() {
        let purposes = [Purpose::Agent, Purpose::Admin, Purpose::Link, Purpose::Claim, Purpose::Session];
        let mut secrets: Vec<String> =
            purposes.map(|purpose| Secret::make(purpose).expect("chance").reveal().to_owned()).into();
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
