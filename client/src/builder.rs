//! How a client is made.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use url::Url;

use crate::client::{Client, Shared};
use crate::{Error, Result};

/// Redirects that are followed: a renamed publisher's, and then some.
const MOST_REDIRECTS: usize = 3;

/// Largest body of an answer that is read unless something else is wanted, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// Settings of a client.
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    base: String,
    user_agent: String,
    timeout: Duration,
    deadline: Duration,
    retries: usize,
    largest: usize,
}

impl ClientBuilder {
    pub(crate) fn new(base: impl Into<String>) -> Self {
        Self {
            base: base.into(),
            user_agent: concat!("sentryagent-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(30),
            retries: 3,
            largest: LARGEST,
        }
    }

    /// What the client says it is. Without it, `sentryagent-client` and its version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// How long one attempt may take, to the end of its answer; of a stream, to each of its parts. Without it, 10 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a call may take with all attempts and the pauses between them. Without it, 30 s.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How often a call that may be repeated is tried again. Without it, 3 times; 0 is never.
    pub fn retries(mut self, retries: usize) -> Self {
        self.retries = retries;
        self
    }

    /// Largest body of an answer that is read, in bytes once it is unpacked; a longer one is [`Error::Decode`], and is given
    /// up at once. Without it, 16 MiB. Streams are read as they come, however long they are.
    pub fn largest(mut self, bytes: usize) -> Self {
        self.largest = bytes;
        self
    }

    /// The client.
    ///
    /// TLS is rustls with the system's roots. If the process has not chosen rustls' cryptography yet, it is aws-lc from now
    /// on.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] for an address that is not http or https, or that holds a password, [`Error::Encode`] for a user agent that can't be sent,
    /// [`Error::Setup`] if TLS can't be set up.
    pub fn build(self) -> Result<Client> {
        let base = Url::parse(&self.base).map_err(|error| Error::Url(error.to_string()))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(Error::Url(format!("{}: is neither http nor https", base.scheme())));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(Error::Url("it holds a user's name or password, which the API does not know".to_owned()));
        }
        if http::HeaderValue::from_str(&self.user_agent).is_err() {
            return Err(Error::Encode("the user agent"));
        }
        if CryptoProvider::get_default().is_none() {
            // Somebody else may have been faster, which is as well.
            let _ = aws_lc_rs::default_provider().install_default();
        }
        let http = reqwest::Client::builder()
            .user_agent(self.user_agent)
            .connect_timeout(self.timeout)
            .read_timeout(self.timeout)
            .redirect(Policy::custom(redirect))
            .build()
            .map_err(|error| Error::Setup(error.without_url()))?;
        let (timeout, deadline, retries, largest) = (self.timeout, self.deadline, self.retries, self.largest);
        Ok(Client::of(Arc::new(Shared { http, base, timeout, deadline, retries, largest })))
    }
}

/// Redirects stay on the same origin: what is sent is meant for it alone.
fn redirect(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let is_ours = attempt.previous().last().is_some_and(|before| before.origin() == attempt.url().origin());
    if is_ours && attempt.previous().len() <= MOST_REDIRECTS { attempt.follow() } else { attempt.stop() }
}
