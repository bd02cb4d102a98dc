//! JSON bodies. Errors name the field.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use domain::json_errors;
use domain::rejection::FieldError;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::error::ApiError;

/// Field name of errors about the whole body.
const BODY: &str = "body";

/// Required JSON body.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

/// Optional JSON body; defaults if absent.
#[derive(Clone, Copy, Debug)]
pub struct OptionalBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(&request);
        let bytes = read_bytes(request, state).await?;
        if is_json { parse(&bytes).map(Self) } else { Err(ApiError::UnsupportedMediaType) }
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(&request);
        let bytes = read_bytes(request, state).await?;
        match (bytes.is_empty(), is_json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => parse(&bytes).map(Self),
            (false, false) => Err(ApiError::UnsupportedMediaType),
        }
    }
}

/// Empty body, or an empty JSON object.
#[derive(Clone, Copy, Debug)]
pub struct NoBody;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = read_bytes(request, state).await?;
        if !bytes.is_empty() {
            let Nothing {} = parse(&bytes)?;
        }
        Ok(Self)
    }
}

fn is_json(request: &Request) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

async fn read_bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(error) if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::PayloadTooLarge
        }
        _ => ApiError::invalid_field(BODY, "was incomplete"),
    })
}

/// Parses JSON. Errors name the path of the field.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // serde would accept an array with a struct's fields in order.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| matches!(first, b'[')) {
        return Err(ApiError::invalid_field(BODY, "must be an object"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = json_errors::deserialize(&mut deserializer).map_err(|FieldError { field, reason }| {
        ApiError::invalid_field(if field == json_errors::WHOLE { BODY.to_owned() } else { field }, reason)
    })?;
    deserializer.end().map_err(|error| ApiError::invalid_field(BODY, format!("has trailing data: {error}")))?;
    Ok(value)
}

/// Deserializes an integer that may be written with a decimal point, such as 3600.0, as in languages with one number
/// type. JSON Schema accepts it as an integer too.
pub fn deserialize_u32<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else { return Ok(None) };
    let from_float = || number.as_f64().filter(|float| float.fract() == 0.0).map(|float| format!("{float:.0}"));
    let parsed = number.as_u64().and_then(|number| u32::try_from(number).ok());
    let parsed = parsed.or_else(|| from_float().and_then(|text| text.parse().ok()));
    parsed.map(Some).ok_or_else(|| serde::de::Error::custom(format!("must be an integer from 0 to {}", u32::MAX)))
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
    fn errors_name_the_field() {
        let wrong = |text: &str| match parse::<Sample>(text.as_bytes()) {
            Err(ApiError::Validation { fields }) => (fields[0].field.clone(), fields[0].reason.clone()),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(wrong(r#"{"name": 5}"#).0, "name");
        assert_eq!(wrong(r#"{"name": "a", "list": [1, "b"]}"#).0, "list[1]");
        assert_eq!(
            wrong(r#"{"name": "a", "lst": []}"#),
            ("lst".into(), "is not a known field; expected one of name, list".into())
        );
        assert_eq!(wrong(r#"{"name": "a""#).0, "body");
        assert_eq!(wrong(r#"{"name": "a"} x"#).0, "body");
        assert_eq!(wrong(r#" ["a", null]"#), ("body".into(), "must be an object".into()));
        assert!(parse::<Sample>(br#"{"name": "a"}"#).is_ok());
    }
}
