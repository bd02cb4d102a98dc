//! A call, as it is sent: who calls, attempts, the answer.

use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::answer::Answer;
use crate::call::Call;
use crate::operation::{Shows, Verb};
use crate::retry::Retry;
use crate::{ETag, Error, Fetched, Result, Secret};

impl Call {
    /// Sends it, and reads what comes as a value.
    pub(crate) async fn fetch<T: DeserializeOwned>(self) -> Result<T> {
        self.send().await?.json()
    }

    /// Sends it. What comes says nothing more.
    pub(crate) async fn done(self) -> Result<()> {
        self.send().await.map(drop)
    }

    /// Sends it, and reads what comes as a value, with its version.
    pub(crate) async fn fetch_tagged<T: DeserializeOwned>(self) -> Result<(T, Option<ETag>)> {
        let answer = self.send().await?;
        Ok((answer.json()?, answer.head.etag))
    }

    /// Sends it, unless it is still as it was: `known` is its version then.
    pub(crate) async fn fetch_if<T: DeserializeOwned>(self, known: Option<&ETag>) -> Result<Fetched<T>> {
        let conditional = match known {
            Some(etag) => self.header(http::header::IF_NONE_MATCH, etag.as_str()).also(http::StatusCode::NOT_MODIFIED),
            None => self,
        };
        let answer = conditional.send().await?;
        if answer.head.status == http::StatusCode::NOT_MODIFIED {
            return Ok(Fetched::NotModified);
        }
        Ok(Fetched::Fresh { value: answer.json()?, etag: answer.head.etag })
    }

    /// Sends it, and reads the whole answer.
    pub(crate) async fn send(mut self) -> Result<Answer> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let attempt = async |token: Option<Secret>| {
            let request = self.request(token.as_ref())?.timeout(self.client.shared.timeout);
            let answer = Answer::read(request.send().await?, self.client.shared.largest).await?;
            if self.takes(answer.head.status) { Ok(answer) } else { Err(answer.into_error()) }
        };
        self.attempts(attempt).await
    }

    /// Sends it, and leaves the answer's body to be read as it comes. Once it has begun, it is not tried again.
    pub(crate) async fn stream(mut self) -> Result<reqwest::Response> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let attempt = async |token: Option<Secret>| {
            let response = self.request(token.as_ref())?.send().await?;
            if self.takes(response.status()) {
                return Ok(response);
            }
            Err(Answer::read(response, self.client.shared.largest).await?.into_error())
        };
        self.attempts(attempt).await
    }

    /// Tries, as often and as long as it may; once more with a new token if the one that was kept is refused.
    async fn attempts<T, F: Future<Output = Result<T>>>(&self, attempt: impl Fn(Option<Secret>) -> F) -> Result<T> {
        let shared = &self.client.shared;
        let most = if self.operation.is_idempotent() { shared.retries } else { 0 };
        let retry = Retry { most, end: Instant::now() + shared.deadline };
        let token = retry.within(self.bearer()).await?;
        let answered = retry.run(|| attempt(token.clone())).await;
        if !answered.as_ref().is_err_and(Error::is_unauthorized) {
            return answered;
        }
        let speaker = self.client.for_tokens();
        let renewed = async { self.client.auth.renewed(&speaker, token.as_ref()).await.transpose() };
        match retry.within(renewed).await? {
            Some(token) => retry.run(|| attempt(Some(token.clone()))).await,
            None => answered,
        }
    }

    async fn bearer(&self) -> Result<Option<Secret>> {
        match self.operation.shows {
            Shows::Nothing => Ok(None),
            Shows::Caller => self.client.auth.bearer(&self.client.for_tokens()).await,
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
