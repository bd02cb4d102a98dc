//! Builder of a client.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use url::Url;

use crate::client::{Client, Shared};
use crate::{Error, Result};

/// Redirects followed per request. A renamed publisher needs one.
const MAX_REDIRECTS: usize = 3;

/// Default limit of a response body, in bytes.
const DEFAULT_MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// Settings of a client.
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    base: String,
    user_agent: String,
    timeout: Duration,
    deadline: Duration,
    retries: usize,
    max_body_bytes: usize,
}

impl ClientBuilder {
    pub(crate) fn new(base: impl Into<String>) -> Self {
        Self {
            base: base.into(),
            user_agent: concat!("sentryagent-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(30),
            retries: 3,
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
        }
    }

    /// Sets the `User-Agent`. Default: `sentryagent-client/` and the version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets the timeout of one attempt, up to the end of its response; for streams, up to each chunk. Default: 10 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the deadline of a call with all its attempts and delays. Default: 30 s.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the number of retries of calls that are safe to repeat. Default: 3; 0 disables retries.
    pub fn retries(mut self, retries: usize) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the limit of a response body, in bytes after decompression. A longer body fails with [`Error::Decode`] at
    /// once. Default: 16 MiB. Streams have no limit.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// Builds the client.
    ///
    /// TLS is rustls with the system's root certificates. Installs aws-lc as the process's cryptography provider if
    /// none is installed.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] for a base URL that is not http or https or that contains a user name or password,
    /// [`Error::Encode`] for an invalid user agent, [`Error::Setup`] if TLS can't be set up.
    pub fn build(self) -> Result<Client> {
        let base = Url::parse(&self.base).map_err(|error| Error::Url(error.to_string()))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(Error::Url(format!("unsupported scheme {}; expected http or https", base.scheme())));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(Error::Url("user name and password are not supported in the base URL".to_owned()));
        }
        if http::HeaderValue::from_str(&self.user_agent).is_err() {
            return Err(Error::Encode("the user agent"));
        }
        if CryptoProvider::get_default().is_none() {
            // Fails only if another thread installed a provider first.
            let _ = aws_lc_rs::default_provider().install_default();
        }
        let http = reqwest::Client::builder()
            .user_agent(self.user_agent)
            .connect_timeout(self.timeout)
            .read_timeout(self.timeout)
            .redirect(Policy::custom(redirect))
            .build()
            .map_err(|error| Error::Setup(error.without_url()))?;
        let (timeout, deadline, retries, max_body_bytes) =
            (self.timeout, self.deadline, self.retries, self.max_body_bytes);
        Ok(Client::new(Arc::new(Shared { http, base, timeout, deadline, retries, max_body_bytes })))
    }
}

/// Follows redirects within the same origin only, so that credentials never reach another one.
fn redirect(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let is_same_origin = attempt.previous().last().is_some_and(|before| before.origin() == attempt.url().origin());
    if is_same_origin && attempt.previous().len() <= MAX_REDIRECTS { attempt.follow() } else { attempt.stop() }
}
