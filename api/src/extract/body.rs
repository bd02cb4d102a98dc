//! A body of JSON, read into a type; every refusal names the field.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::error::ApiError;

/// A body that has to be there.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

/// A body that may be missing: then it is the default.
#[derive(Clone, Copy, Debug)]
pub struct OptionalBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(&request);
        let bytes = read(request, state).await?;
        if is_json { parse(&bytes).map(Self) } else { Err(ApiError::UnsupportedMediaType) }
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(&request);
        let bytes = read(request, state).await?;
        match (bytes.is_empty(), is_json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => parse(&bytes).map(Self),
            (false, false) => Err(ApiError::UnsupportedMediaType),
        }
    }
}

fn is_json(request: &Request) -> bool {
    let given = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(error) if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::PayloadTooLarge
        }
        _ => ApiError::wrong("body", "did not come whole"),
    })
}

/// Reads JSON. Which field is wrong is told by its path.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let field =
            if path == "." || error.inner().is_syntax() || error.inner().is_eof() { "body".to_owned() } else { path };
        ApiError::wrong(field, words(&error.inner().to_string()))
    })?;
    deserializer.end().map_err(|error| ApiError::wrong("body", format!("goes on behind its end: {error}")))?;
    Ok(value)
}

/// Reads an integer that may be written with a point, as languages with one type of number do: 3600.0. To JSON Schema,
/// that is an integer too.
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else { return Ok(None) };
    let from_float = || number.as_f64().filter(|float| float.fract() == 0.0).map(|float| format!("{float:.0}"));
    let read = number.as_u64().and_then(|number| u32::try_from(number).ok());
    let read = read.or_else(|| from_float().and_then(|text| text.parse().ok()));
    read.map(Some)
        .ok_or_else(|| serde::de::Error::custom(format!("{number} is no whole number from 0 to {}", u32::MAX)))
}

/// What serde says, as words that complete "`field` …".
fn words(told: &str) -> String {
    if told.starts_with("unknown field") {
        let known = told.split_once("expected ").map_or("", |(_, known)| known);
        let known = known.split(" at line").next().unwrap_or_default().trim_start_matches("one of ");
        return format!("is not known here; there are {known}");
    }
    format!("can't be read: {told}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        list: Option<Vec<u8>>,
    }

    #[test]
    fn the_field_that_is_wrong_is_named() {
        let wrong = |text: &str| match parse::<Sample>(text.as_bytes()) {
            Err(ApiError::Validation { fields }) => (fields[0].field.clone(), fields[0].reason.clone()),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(wrong(r#"{"name": 5}"#).0, "name");
        assert_eq!(wrong(r#"{"name": "a", "list": [1, "b"]}"#).0, "list[1]");
        assert_eq!(
            wrong(r#"{"name": "a", "lst": []}"#),
            ("lst".into(), "is not known here; there are `name` or `list`".into())
        );
        assert_eq!(wrong(r#"{"name": "a""#).0, "body");
        assert_eq!(wrong(r#"{"name": "a"} x"#).0, "body");
        assert!(parse::<Sample>(br#"{"name": "a"}"#).is_ok());
    }
}
