//! An HTTP client of the API, and its responses.

use reqwest::{Method, StatusCode};
use serde_json::Value;

/// An HTTP client with a token and an IP address.
#[derive(Clone)]
pub(crate) struct Caller {
    pub url: String,
    pub http: reqwest::Client,
    pub token: Option<String>,
    pub address: Option<String>,
}

impl Caller {
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.send(self.request(Method::POST, path).body(body.to_string()).header("content-type", "application/json"))
            .await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Response {
        self.send(self.request(Method::PATCH, path).body(body.to_string()).header("content-type", "application/json"))
            .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let form =
            self.request(Method::POST, path).body(body).header("content-type", "application/x-www-form-urlencoded");
        self.send(form).await
    }

    /// Requests a token by client credentials.
    pub(crate) async fn token_of(&self, id: &str, secret: &str, scope: Option<&str>) -> String {
        let mut fields = vec![("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        fields.extend(scope.map(|scope| ("scope", scope)));
        let response = Self { token: None, ..self.clone() }.form("/api/v1/token", &fields).await.expect(StatusCode::OK);
        response["access_token"].as_str().expect("a token").to_owned()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        request
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Response {
        let response = request.send().await.expect("a response");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Response { status, headers, body }
    }
}

/// A response, with its body as JSON or as text.
#[derive(Debug)]
pub(crate) struct Response {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Response {
    /// Body of a response that must have this status.
    pub(crate) fn expect(self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// Body of an error response. Checks its status, its code, its message, and its request ID against the header.
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{:#}", self.body);
        assert_eq!(self.body["requestId"].as_str(), Some(self.header("x-request-id")), "{:#}", self.body);
        assert!(self.body["message"].as_str().is_some_and(|message| message.len() > 10), "{:#}", self.body);
        self.body
    }

    /// Names of the invalid fields of a validation error.
    pub(crate) fn wrong_fields(self) -> Vec<String> {
        let body = self.refused(400, "VALIDATION_ERROR");
        let fields = body["details"]["fields"].as_array().expect("fields").iter();
        fields.map(|field| field["field"].as_str().expect("a name").to_owned()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}
