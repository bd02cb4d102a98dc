//! Sending of calls: authentication, attempts, response.

use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::call::Call;
use crate::operation::{Authentication, Verb};
use crate::response::Response;
use crate::retry::Retry;
use crate::{ETag, Error, Fetched, Result, Secret};

impl Call {
    /// Sends the call and decodes the response.
    pub(crate) async fn fetch<T: DeserializeOwned>(self) -> Result<T> {
        self.send().await?.json()
    }

    /// Sends the call and ignores the response body.
    pub(crate) async fn send_ignoring_body(self) -> Result<()> {
        self.send().await.map(drop)
    }

    /// Sends the call and decodes the response, with its version.
    pub(crate) async fn fetch_with_etag<T: DeserializeOwned>(self) -> Result<(T, Option<ETag>)> {
        let response = self.send().await?;
        Ok((response.json()?, response.head.etag))
    }

    /// Sends a conditional read; `known` is the cached version.
    pub(crate) async fn fetch_if<T: DeserializeOwned>(self, known: Option<&ETag>) -> Result<Fetched<T>> {
        let conditional = match known {
            Some(etag) => {
                self.header(http::header::IF_NONE_MATCH, etag.as_str()).accept_status(http::StatusCode::NOT_MODIFIED)
            }
            None => self,
        };
        let response = conditional.send().await?;
        if response.head.status == http::StatusCode::NOT_MODIFIED {
            return Ok(Fetched::NotModified);
        }
        Ok(Fetched::Fresh { value: response.json()?, etag: response.head.etag })
    }

    /// Sends the call and reads the whole response.
    pub(crate) async fn send(mut self) -> Result<Response> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let attempt = async |token: Option<Secret>| {
            let request = self.request(token.as_ref())?.timeout(self.client.shared.timeout);
            let response = Response::read(request.send().await?, self.client.shared.max_body_bytes).await?;
            if self.is_success(response.head.status) { Ok(response) } else { Err(response.into_error()) }
        };
        self.run_attempts(attempt).await
    }

    /// Sends the call and returns the response before its body. Not retried once the body has begun.
    pub(crate) async fn stream(mut self) -> Result<reqwest::Response> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let attempt = async |token: Option<Secret>| {
            let response = self.request(token.as_ref())?.send().await?;
            if self.is_success(response.status()) {
                return Ok(response);
            }
            Err(Response::read(response, self.client.shared.max_body_bytes).await?.into_error())
        };
        self.run_attempts(attempt).await
    }

    /// Runs the attempts; once more with a new token if the cached one is rejected.
    async fn run_attempts<T, F: Future<Output = Result<T>>>(&self, attempt: impl Fn(Option<Secret>) -> F) -> Result<T> {
        let shared = &self.client.shared;
        let max_retries = if self.operation.is_idempotent() { shared.retries } else { 0 };
        let retry = Retry { max_retries, deadline: Instant::now() + shared.deadline };
        let token = retry.with_deadline(self.bearer()).await?;
        let result = retry.run(|| attempt(token.clone())).await;
        if !result.as_ref().is_err_and(Error::is_unauthorized) {
            return result;
        }
        let token_client = self.client.token_client();
        let renewed = async { self.client.auth.renew(&token_client, token.as_ref()).await.transpose() };
        match retry.with_deadline(renewed).await? {
            Some(token) => retry.run(|| attempt(Some(token.clone()))).await,
            None => result,
        }
    }

    async fn bearer(&self) -> Result<Option<Secret>> {
        match self.operation.authentication {
            Authentication::Never => Ok(None),
            Authentication::IfConfigured => self.client.auth.bearer(&self.client.token_client()).await,
        }
    }

    fn request(&self, token: Option<&Secret>) -> Result<reqwest::RequestBuilder> {
        let method = match self.operation.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Patch => Method::PATCH,
            Verb::Delete => Method::DELETE,
        };
        let mut headers = self.headers.clone();
        if let Some(token) = token {
            let value = HeaderValue::try_from(format!("Bearer {}", token.reveal()));
            let mut value = value.map_err(|_| Error::Encode("the token"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let request = self.client.shared.http.request(method, self.url.clone()).headers(headers);
        Ok(match &self.body {
            Some(body) => request.body(body.clone()),
            None => request,
        })
    }
}
