//! The parameters behind the `?`. One that is not known is refused by name: a misspelt filter would show everything.

use axum::extract::FromRequestParts;
use domain::rejection::FieldError;
use domain::shape::{is_tellable, there_are};
use http::request::Parts;
use serde::de::DeserializeOwned;
use store::Page;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, Number};

use crate::error::ApiError;

/// Parameters.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        if url::form_urlencoded::parse(query.as_bytes()).any(|(_, value)| value.is_empty()) {
            return Err(refusal(query, &T::into_params(|| None), None));
        }
        let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| refusal(query, &T::into_params(|| None), Some(&error.path().to_string())))
    }
}

/// What is wrong with a query, by what the contract says of its parameters. `misfit` is the one that could not be read.
fn refusal(query: &str, known: &[Parameter], misfit: Option<&str>) -> ApiError {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let mut fields: Vec<FieldError> = Vec::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if pairs[..index].iter().any(|(before, _)| before == name) {
            continue;
        }
        let fault = match known.iter().find(|parameter| parameter.name == *name) {
            None => Some(unknown(name, known)),
            Some(parameter) => {
                let mut values = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
                let is_misfit = misfit == Some(name);
                let reason = match range(parameter) {
                    _ if values.clone().any(|value| value.is_empty()) => {
                        Some("is empty: leave it out, or give it a value".to_owned())
                    }
                    _ if is_misfit && values.nth(1).is_some() => Some("is there twice: send it once".to_owned()),
                    Some((least, most)) => value.parse::<u64>().is_err().then(|| outside(least, most)),
                    None => is_misfit.then(|| "can't be read".to_owned()),
                };
                reason.map(|reason| FieldError { field: name.clone().into_owned(), reason })
            }
        };
        fields.extend(fault.filter(|fault| !fields.contains(fault)));
    }
    if fields.is_empty() { ApiError::wrong("query", "can't be read") } else { ApiError::Validation { fields } }
}

/// A parameter that nobody knows. Its name is told unless it may be a secret.
fn unknown(name: &str, known: &[Parameter]) -> FieldError {
    let others = if known.is_empty() {
        ": this address takes none".to_owned()
    } else {
        there_are(known.iter().map(|parameter| parameter.name.as_str()))
    };
    if is_tellable(name) {
        FieldError { field: name.to_owned(), reason: format!("is no parameter that is known here{others}") }
    } else {
        FieldError { field: "query".to_owned(), reason: format!("has a parameter that is not known here{others}") }
    }
}

/// From where to where a parameter goes that is a number.
fn range(parameter: &Parameter) -> Option<(u64, u64)> {
    let Some(RefOr::T(Schema::Object(schema))) = &parameter.schema else { return None };
    let whole = |number: &Number| match number {
        Number::Int(number) => u64::try_from(*number).ok(),
        Number::UInt(number) => u64::try_from(*number).ok(),
        Number::Float(number) => format!("{number}").parse().ok(),
    };
    Some((whole(schema.minimum.as_ref()?)?, whole(schema.maximum.as_ref()?)?))
}

/// What is said of a number that is none, or lies elsewhere.
pub(crate) fn outside(least: u64, most: u64) -> String {
    format!("has to be a whole number from {least} to {most}")
}

/// An address without parameters.
#[derive(Clone, Copy, Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}

/// Parameters of every list.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Which page, from 1 on.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
}

/// Reads the page of a list that is asked for: by default the first one, with 20 rows.
pub fn read_page(number: Option<u64>, limit: Option<u64>) -> Result<Page, ApiError> {
    let (number, limit) = (number.unwrap_or(1), limit.unwrap_or(20));
    if !(1..=1_000_000).contains(&number) {
        return Err(ApiError::wrong("page", outside(1, 1_000_000)));
    }
    if !(1..=100).contains(&limit) {
        return Err(ApiError::wrong("limit", outside(1, 100)));
    }
    Ok(Page { number, limit })
}
