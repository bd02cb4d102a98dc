//! The parameters behind the `?`. One that is not known is refused by name: a misspelt filter would show everything.

use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::error::ApiError;

/// Parameters.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        if let Some((name, _)) = url::form_urlencoded::parse(query.as_bytes()).find(|(_, value)| value.is_empty()) {
            return Err(ApiError::wrong(name, "is empty: leave it out, or give it a value"));
        }
        let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| {
            let told = error.inner().to_string();
            let field = match told.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
                Some(unknown) => unknown.to_owned(),
                None => error.path().to_string(),
            };
            let reason = match told.split_once("expected ") {
                Some((start, known)) if start.starts_with("unknown field") => {
                    format!("is not known here; there are {}", known.trim_start_matches("one of "))
                }
                _ => format!("can't be read: {told}"),
            };
            ApiError::wrong(field, reason)
        })
    }
}

/// An address without parameters.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}

/// The part of a list that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which page, from 1 on.
    pub page: u64,
    /// How many on a page.
    pub limit: u64,
}

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

impl Page {
    /// Checks what was asked for.
    pub fn read(page: Option<u64>, limit: Option<u64>) -> Result<Self, ApiError> {
        let (page, limit) = (page.unwrap_or(1), limit.unwrap_or(20));
        if !(1..=1_000_000).contains(&page) {
            return Err(ApiError::wrong("page", "is not from 1 to 1000000"));
        }
        if !(1..=100).contains(&limit) {
            return Err(ApiError::wrong("limit", "is not from 1 to 100"));
        }
        Ok(Self { page, limit })
    }

    /// How many come before it.
    pub fn offset(self) -> u64 {
        (self.page - 1) * self.limit
    }
}
