//! Query parameters. Unknown parameters are rejected by name: a misspelled filter would otherwise return everything.

use axum::extract::FromRequestParts;
use domain::json_errors::{can_echo, list_allowed};
use domain::rejection::FieldError;
use http::request::Parts;
use serde::de::DeserializeOwned;
use store::Page;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, Number};

use crate::error::ApiError;

/// Query parameters.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        if url::form_urlencoded::parse(query.as_bytes()).any(|(_, value)| value.is_empty()) {
            return Err(query_error(query, &T::into_params(|| None), None));
        }
        let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| query_error(query, &T::into_params(|| None), Some(&error.path().to_string())))
    }
}

/// Finds the errors of a query by the contract's parameters. `misfit` is the parameter that could not be parsed.
fn query_error(query: &str, known: &[Parameter], misfit: Option<&str>) -> ApiError {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let mut fields: Vec<FieldError> = Vec::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if pairs[..index].iter().any(|(before, _)| before == name) {
            continue;
        }
        let error = match known.iter().find(|parameter| parameter.name == *name) {
            None => Some(unknown_parameter(name, known)),
            Some(parameter) => {
                let mut values = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
                let is_misfit = misfit == Some(name);
                let reason = match range(parameter) {
                    _ if values.clone().any(|value| value.is_empty()) => {
                        Some("is empty; omit it or provide a value".to_owned())
                    }
                    _ if is_misfit && values.nth(1).is_some() => Some("is repeated; send it once".to_owned()),
                    Some((min, max)) => value.parse::<u64>().is_err().then(|| out_of_range(min, max)),
                    None => is_misfit.then(|| "is invalid".to_owned()),
                };
                reason.map(|reason| FieldError { field: name.clone().into_owned(), reason })
            }
        };
        fields.extend(error.filter(|error| !fields.contains(error)));
    }
    if fields.is_empty() { ApiError::invalid_field("query", "is invalid") } else { ApiError::Validation { fields } }
}

/// Error of an unknown parameter. Echoes its name unless it may be a secret.
fn unknown_parameter(name: &str, known: &[Parameter]) -> FieldError {
    let others = if known.is_empty() {
        "; this path has no parameters".to_owned()
    } else {
        list_allowed(known.iter().map(|parameter| parameter.name.as_str()))
    };
    if can_echo(name) {
        FieldError { field: name.to_owned(), reason: format!("is not a known parameter{others}") }
    } else {
        FieldError { field: "query".to_owned(), reason: format!("has an unknown parameter{others}") }
    }
}

/// Returns the range of a numeric parameter.
fn range(parameter: &Parameter) -> Option<(u64, u64)> {
    let Some(RefOr::T(Schema::Object(schema))) = &parameter.schema else { return None };
    let integer = |number: &Number| match number {
        Number::Int(number) => u64::try_from(*number).ok(),
        Number::UInt(number) => u64::try_from(*number).ok(),
        Number::Float(number) => format!("{number}").parse().ok(),
    };
    Some((integer(schema.minimum.as_ref()?)?, integer(schema.maximum.as_ref()?)?))
}

/// Reason for a number out of range.
pub(crate) fn out_of_range(min: u64, max: u64) -> String {
    format!("must be an integer from {min} to {max}")
}

/// No query parameters.
#[derive(Clone, Copy, Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}

/// Pagination parameters of lists.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Page number, starting at 1.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
}

/// Parses the requested page of a list. Default: page 1 with 20 items.
pub fn parse_page(number: Option<u64>, limit: Option<u64>) -> Result<Page, ApiError> {
    let (number, limit) = (number.unwrap_or(1), limit.unwrap_or(20));
    if !(1..=1_000_000).contains(&number) {
        return Err(ApiError::invalid_field("page", out_of_range(1, 1_000_000)));
    }
    if !(1..=100).contains(&limit) {
        return Err(ApiError::invalid_field("limit", out_of_range(1, 100)));
    }
    Ok(Page { number, limit })
}
