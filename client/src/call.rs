//! A call, as it is put together. What can't be written down is told when it is sent.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use url::Url;
use uuid::Uuid;

use crate::answer::REQUEST_ID;
use crate::operation::Operation;
use crate::{Client, Error, Result};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A call. It is never printed: its body may hold secrets.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) url: Url,
    /// Why it can't be written down.
    pub(crate) fault: Option<Error>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// Statuses that are answers although they look like errors.
    also: Vec<StatusCode>,
}

impl Client {
    /// A call of an operation whose path has no parameters.
    pub(crate) fn call(&self, operation: Operation) -> Call {
        self.call_at(operation, &[])
    }

    /// A call of an operation, with its path's parameters in order.
    pub(crate) fn call_at(&self, operation: Operation, parameters: &[&(dyn ToString + Sync)]) -> Call {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(address) = self.forwarded_for.and_then(|address| HeaderValue::try_from(address.to_string()).ok()) {
            headers.insert(FORWARDED_FOR, address);
        }
        if let Some(id) = self.request_id.clone() {
            headers.insert(REQUEST_ID, id);
        }
        // 122 random bits; the same for all attempts.
        let own = || HeaderValue::try_from(Uuid::new_v4().to_string()).ok();
        let key = operation.is_keyed.then(|| self.idempotency_key.clone().or_else(own)).flatten();
        if let Some(mut key) = key {
            key.set_sensitive(true);
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        let (url, fault) = match address(&self.shared.base, operation.path, parameters) {
            Ok(url) => (url, None),
            Err(fault) => (self.shared.base.clone(), Some(fault)),
        };
        Call { client: self.clone(), operation, url, fault, headers, body: None, also: Vec::new() }
    }
}

/// The address: each parameter is one segment, whatever it holds.
fn address(base: &Url, path: &str, parameters: &[&(dyn ToString + Sync)]) -> Result<Url> {
    let mut url = base.clone();
    url.set_query(None);
    url.set_fragment(None);
    let mut parameters = parameters.iter();
    let mut segments = url.path_segments_mut().map_err(|()| Error::Url("the base has no path".to_owned()))?;
    segments.pop_if_empty();
    for segment in path.trim_start_matches('/').split('/') {
        if !segment.starts_with('{') {
            segments.push(segment);
            continue;
        }
        let value = parameters.next().map(|value| value.to_string()).unwrap_or_default();
        // Dots would lead elsewhere (RFC 3986, section 5.2.4).
        if matches!(value.as_str(), "" | "." | "..") {
            return Err(Error::Url(format!("{value:?} can't stand for {segment}")));
        }
        segments.push(&value);
    }
    drop(segments);
    Ok(url)
}

impl Call {
    /// With parameters behind the `?`. Those that are `None` are left out, lists are repeated.
    pub(crate) fn query(mut self, query: &impl Serialize) -> Self {
        match serde_html_form::to_string(query) {
            Ok(text) => self.url.set_query(Some(text.as_str()).filter(|text| !text.is_empty())),
            Err(_) => self.fault = Some(Error::Encode("the query")),
        }
        self
    }

    /// With a body of JSON.
    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        let written = serde_json::to_vec(body).map_err(|_| Error::Encode("the body"));
        self.with_body(written, "application/json")
    }

    /// With a body that is a form.
    pub(crate) fn form(self, body: &impl Serialize) -> Self {
        let written = serde_html_form::to_string(body).map_err(|_| Error::Encode("the form"));
        self.with_body(written.map(String::into_bytes), "application/x-www-form-urlencoded")
    }

    fn with_body(mut self, written: Result<Vec<u8>>, media_type: &'static str) -> Self {
        match written {
            Ok(bytes) => self.body = Some(bytes.into()),
            Err(error) => self.fault = Some(error),
        }
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self
    }

    /// With a header.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => _ = self.headers.insert(name, value),
            Err(_) => self.fault = Some(Error::Encode("a header")),
        }
        self
    }

    /// This status is an answer too.
    pub(crate) fn also(mut self, status: StatusCode) -> Self {
        self.also.push(status);
        self
    }

    /// Whether an answer is one, and no error.
    pub(crate) fn takes(&self, status: StatusCode) -> bool {
        status.is_success() || self.also.contains(&status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_one_segment_and_never_leads_elsewhere() {
        let base = Url::parse("https://example.com/behind/a/proxy/?x=1").expect("a URL");
        let at = |value: &str| address(&base, "/api/v1/things/{id}/parts", &[&value]).map(|url| url.to_string());
        assert_eq!(
            at("a b/c?d").expect("a URL"),
            "https://example.com/behind/a/proxy/api/v1/things/a%20b%2Fc%3Fd/parts"
        );
        assert!(matches!(at(".."), Err(Error::Url(_))));
        assert!(matches!(at(""), Err(Error::Url(_))));
    }
}
