//! Calls under construction. Encoding errors are stored and returned when the call is sent.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use url::Url;
use uuid::Uuid;

use crate::operation::Operation;
use crate::response::REQUEST_ID;
use crate::{Client, Error, Result};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Call to an operation. Has no `Debug`: the body may contain secrets.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) url: Url,
    /// Encoding error, returned instead of sending.
    pub(crate) error: Option<Error>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// Non-2xx statuses that count as success.
    accepted: Vec<StatusCode>,
}

impl Client {
    /// Starts a call to an operation without path parameters.
    pub(crate) fn call(&self, operation: Operation) -> Call {
        self.call_at(operation, &[])
    }

    /// Starts a call to an operation, with its path parameters in order.
    pub(crate) fn call_at(&self, operation: Operation, parameters: &[&(dyn ToString + Sync)]) -> Call {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(address) = self.forwarded_for.and_then(|address| HeaderValue::try_from(address.to_string()).ok()) {
            headers.insert(FORWARDED_FOR, address);
        }
        if let Some(id) = self.request_id.clone() {
            headers.insert(REQUEST_ID, id);
        }
        // 122 random bits, the same for all attempts.
        let generate = || HeaderValue::try_from(Uuid::new_v4().to_string()).ok();
        let key = operation.is_keyed.then(|| self.idempotency_key.clone().or_else(generate)).flatten();
        if let Some(mut key) = key {
            key.set_sensitive(true);
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        let (url, error) = match build_url(&self.shared.base, operation.path, parameters) {
            Ok(url) => (url, None),
            Err(error) => (self.shared.base.clone(), Some(error)),
        };
        Call { client: self.clone(), operation, url, error, headers, body: None, accepted: Vec::new() }
    }
}

/// Builds the URL. Each parameter becomes exactly one path segment.
fn build_url(base: &Url, path: &str, parameters: &[&(dyn ToString + Sync)]) -> Result<Url> {
    let mut url = base.clone();
    url.set_query(None);
    url.set_fragment(None);
    let mut parameters = parameters.iter();
    let mut segments = url.path_segments_mut().map_err(|()| Error::Url("the base URL can't have a path".to_owned()))?;
    segments.pop_if_empty();
    for segment in path.trim_start_matches('/').split('/') {
        if !segment.starts_with('{') {
            segments.push(segment);
            continue;
        }
        let value = parameters.next().map(|value| value.to_string()).unwrap_or_default();
        // Dot segments would change the path (RFC 3986, section 5.2.4).
        if matches!(value.as_str(), "" | "." | "..") {
            return Err(Error::Url(format!("{value:?} is not a valid value of {segment}")));
        }
        segments.push(&value);
    }
    drop(segments);
    Ok(url)
}

impl Call {
    /// Sets the query string. `None` is omitted; lists repeat their parameter.
    pub(crate) fn query(mut self, query: &impl Serialize) -> Self {
        match serde_html_form::to_string(query) {
            Ok(text) => self.url.set_query(Some(text.as_str()).filter(|text| !text.is_empty())),
            Err(_) => self.error = Some(Error::Encode("the query")),
        }
        self
    }

    /// Sets a JSON body.
    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        let encoded = serde_json::to_vec(body).map_err(|_| Error::Encode("the body"));
        self.with_body(encoded, "application/json")
    }

    /// Sets a form body.
    pub(crate) fn form(self, body: &impl Serialize) -> Self {
        let encoded = serde_html_form::to_string(body).map_err(|_| Error::Encode("the form"));
        self.with_body(encoded.map(String::into_bytes), "application/x-www-form-urlencoded")
    }

    fn with_body(mut self, encoded: Result<Vec<u8>>, media_type: &'static str) -> Self {
        match encoded {
            Ok(bytes) => self.body = Some(bytes.into()),
            Err(error) => self.error = Some(error),
        }
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self
    }

    /// Sets a header.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => _ = self.headers.insert(name, value),
            Err(_) => self.error = Some(Error::Encode("a header")),
        }
        self
    }

    /// Counts a non-2xx status as success.
    pub(crate) fn accept_status(mut self, status: StatusCode) -> Self {
        self.accepted.push(status);
        self
    }

    /// Returns true for statuses that count as success.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.accepted.contains(&status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_are_encoded_as_one_segment() {
        let base = Url::parse("https://example.com/behind/a/proxy/?x=1").expect("a URL");
        let at = |value: &str| build_url(&base, "/api/v1/things/{id}/parts", &[&value]).map(|url| url.to_string());
        assert_eq!(
            at("a b/c?d").expect("a URL"),
            "https://example.com/behind/a/proxy/api/v1/things/a%20b%2Fc%3Fd/parts"
        );
        assert!(matches!(at(".."), Err(Error::Url(_))));
        assert!(matches!(at(""), Err(Error::Url(_))));
    }
}
