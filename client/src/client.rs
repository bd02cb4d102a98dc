//! Client: base URL, timeouts, authentication and forwarded request metadata.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use url::Url;

use crate::auth::{Auth, TokenSource};
use crate::types::TokenRequest;
use crate::{ClientBuilder, Secret};

/// Client of the API. Clones are cheap and share connections and tokens.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) auth: Auth,
    pub(crate) forwarded_for: Option<IpAddr>,
    pub(crate) request_id: Option<HeaderValue>,
    pub(crate) idempotency_key: Option<HeaderValue>,
}

/// State shared by clones.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base: Url,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) retries: usize,
    /// Limit of a response body, in bytes.
    pub(crate) max_body_bytes: usize,
}

impl Client {
    /// Starts a builder for the API at a base URL, such as `https://api.sentryagent.ai`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url)
    }

    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, auth: Auth::None, forwarded_for: None, request_id: None, idempotency_key: None }
    }

    /// Returns an unauthenticated client.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { auth: Auth::None, ..self.clone() }
    }

    /// Returns a client that authenticates with an access token or a session handle.
    #[must_use]
    pub fn with_bearer(&self, token: impl Into<Secret>) -> Self {
        Self { auth: Auth::Bearer(token.into()), ..self.clone() }
    }

    /// Returns a client that requests tokens with client credentials; `client_id` is the ID of an agent or
    /// organization. The token is cached in memory, shared by clones, renewed 60 s before it expires and once after a
    /// 401.
    #[must_use]
    pub fn with_credentials(&self, client_id: &(impl ToString + ?Sized), client_secret: impl Into<Secret>) -> Self {
        self.with_token_request(TokenRequest::new(client_id, client_secret))
    }

    /// Returns a client that requests tokens with the given scope or resource.
    #[must_use]
    pub fn with_token_request(&self, request: TokenRequest) -> Self {
        Self { auth: Auth::Credentials(Arc::new(TokenSource::new(request))), ..self.clone() }
    }

    /// Returns a client that forwards an end user's IP address (`X-Forwarded-For`). The API accepts the header from
    /// proxies that its operator trusts.
    #[must_use]
    pub fn forwarded_for(&self, address: IpAddr) -> Self {
        Self { forwarded_for: Some(address), ..self.clone() }
    }

    /// Returns a client that sends a request ID (`X-Request-Id`): 8 to 64 letters, digits, `-` and `_`. The API
    /// replaces other values.
    #[must_use]
    pub fn request_id(&self, id: &str) -> Self {
        Self { request_id: HeaderValue::from_str(id).ok(), ..self.clone() }
    }

    /// Returns a client that sends this `Idempotency-Key` with create calls instead of a generated one: 22 to 255
    /// printable ASCII characters, hard to guess. A repeated call with the same key returns the first response. Invalid
    /// keys are not sent.
    #[must_use]
    pub fn idempotency_key(&self, key: &str) -> Self {
        let key = HeaderValue::from_str(key).ok().map(|mut key| {
            key.set_sensitive(true);
            key
        });
        Self { idempotency_key: key, ..self.clone() }
    }

    /// Returns the client that requests tokens: unauthenticated, without the end user's IP address.
    pub(crate) fn token_client(&self) -> Self {
        Self { auth: Auth::None, forwarded_for: None, ..self.clone() }
    }
}
