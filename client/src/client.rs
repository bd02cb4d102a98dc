//! The client: an address, how patient it is, who calls, and on whose behalf.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use url::Url;

use crate::auth::{Auth, TokenSource};
use crate::resources::{
    Agents, Audit, Claims, Credentials, Dids, Discovery, Health, Marketplace, Organizations, Sessions, SignUp, Tiers,
    Tokens,
};
use crate::types::TokenRequest;
use crate::{ClientBuilder, Secret};

/// A client of the API. Clones are cheap, and share connections and tokens.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) auth: Auth,
    pub(crate) forwarded_for: Option<IpAddr>,
    pub(crate) request_id: Option<HeaderValue>,
    pub(crate) idempotency_key: Option<HeaderValue>,
}

/// What clones share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base: Url,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) retries: usize,
    /// Bytes of the largest body that is read.
    pub(crate) largest: usize,
}

impl Client {
    /// Settings of a client for the API at an address, such as `https://api.sentryagent.ai`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url)
    }

    pub(crate) fn of(shared: Arc<Shared>) -> Self {
        Self { shared, auth: Auth::None, forwarded_for: None, request_id: None, idempotency_key: None }
    }

    /// One that shows nothing.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { auth: Auth::None, ..self.clone() }
    }

    /// One that shows an access token or a session's handle.
    #[must_use]
    pub fn with_bearer(&self, token: impl Into<Secret>) -> Self {
        Self { auth: Auth::Bearer(token.into()), ..self.clone() }
    }

    /// One that gets tokens with client credentials: `client_id` is an agent's or an organization's identifier. A token is
    /// kept in memory, shared by clones of what this returns, renewed 60 s before its end, and once after a 401.
    #[must_use]
    pub fn with_credentials(&self, client_id: &(impl ToString + ?Sized), client_secret: impl Into<Secret>) -> Self {
        self.with_token_request(TokenRequest::new(client_id, client_secret))
    }

    /// The same, with a scope or a resource that is asked for.
    #[must_use]
    pub fn with_token_request(&self, request: TokenRequest) -> Self {
        Self { auth: Auth::Credentials(Arc::new(TokenSource::new(request))), ..self.clone() }
    }

    /// One that calls on behalf of somebody at an address (`X-Forwarded-For`). The API believes it from proxies that its
    /// operator trusts.
    #[must_use]
    pub fn forwarded_for(&self, address: IpAddr) -> Self {
        Self { forwarded_for: Some(address), ..self.clone() }
    }

    /// One whose calls have an identifier in the API's log (`X-Request-Id`): 8 to 64 letters, digits, `-` and `_`. The API
    /// makes its own where there is another text.
    #[must_use]
    pub fn request_id(&self, id: &str) -> Self {
        Self { request_id: HeaderValue::from_str(id).ok(), ..self.clone() }
    }

    /// One whose creations carry this `Idempotency-Key`, and not one of the client's own: 22 to 255 printable ASCII characters,
    /// hard to guess. The same call with the same key is done once and answered twice, by whichever client. Another text is
    /// left out.
    #[must_use]
    pub fn idempotency_key(&self, key: &str) -> Self {
        let key = HeaderValue::from_str(key).ok().map(|mut key| {
            key.set_sensitive(true);
            key
        });
        Self { idempotency_key: key, ..self.clone() }
    }

    /// One to get tokens with: it speaks for itself, and not for whom the call is made.
    pub(crate) fn for_tokens(&self) -> Self {
        Self { auth: Auth::None, forwarded_for: None, ..self.clone() }
    }
}

macro_rules! nouns {
    ($($(#[$doc:meta])* $name:ident: $noun:ident,)+) => {
        impl Client {
            $($(#[$doc])*
            pub fn $name(&self) -> $noun {
                $noun(self.clone())
            })+
        }
    };
}

nouns! {
    /// Sign-up: provision, claim, verify, recover.
    signup: SignUp,
    /// Your organization.
    organizations: Organizations,
    /// Handles that portals keep instead of secrets.
    sessions: Sessions,
    /// The registry.
    agents: Agents,
    /// Secrets of agents.
    credentials: Credentials,
    /// OAuth 2.0: issue, introspect, revoke.
    tokens: Tokens,
    /// The audit trail.
    audit: Audit,
    /// Limits and usage.
    tiers: Tiers,
    /// DID documents and agent cards.
    dids: Dids,
    /// What clients find out by themselves.
    discovery: Discovery,
    /// How the service stands.
    health: Health,
    /// Published agents.
    marketplace: Marketplace,
    /// What publishers have shown to be theirs.
    claims: Claims,
}
