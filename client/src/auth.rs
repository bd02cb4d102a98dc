//! Authentication of a client.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::types::TokenRequest;
use crate::{Client, Result, Secret};

/// Time before expiry at which a token is renewed.
const RENEWAL_MARGIN: Duration = Duration::from_mins(1);

/// Authentication of a client. `Debug` prints no secret.
#[derive(Clone, Debug, Default)]
pub(crate) enum Auth {
    /// No authentication.
    #[default]
    None,
    /// Fixed access token or session handle.
    Bearer(Secret),
    /// Access tokens issued for client credentials.
    Credentials(Arc<TokenSource>),
}

/// Requests access tokens and caches the last one in memory.
#[derive(Debug)]
pub(crate) struct TokenSource {
    request: TokenRequest,
    cached: Mutex<Option<CachedToken>>,
}

#[derive(Debug)]
struct CachedToken {
    token: Secret,
    renew_at: Instant,
}

impl TokenSource {
    pub(crate) fn new(request: TokenRequest) -> Self {
        Self { request, cached: Mutex::default() }
    }

    /// Returns a valid token. Concurrent callers share one request.
    async fn token(&self, client: &Client) -> Result<Secret> {
        let mut cached = self.cached.lock().await;
        if let Some(cached) = cached.as_ref().filter(|cached| Instant::now() < cached.renew_at) {
            return Ok(cached.token.clone());
        }
        let requested_at = Instant::now();
        let response = client.tokens().issue(&self.request).await?;
        let lifetime = Duration::from_secs(response.expires_in);
        // Tokens that live less than two minutes are used for the first half of their lifetime.
        let renew_at = requested_at + lifetime.saturating_sub(RENEWAL_MARGIN).max(lifetime / 2);
        let token = response.access_token;
        *cached = Some(CachedToken { token: token.clone(), renew_at });
        Ok(token)
    }

    /// Discards a rejected token, unless it has already been replaced.
    async fn discard(&self, token: &Secret) {
        let mut cached = self.cached.lock().await;
        if cached.as_ref().is_some_and(|cached| cached.token == *token) {
            *cached = None;
        }
    }
}

impl Auth {
    /// Returns the bearer token to send, if any. `client` is unauthenticated, for token requests.
    pub(crate) async fn bearer(&self, client: &Client) -> Result<Option<Secret>> {
        match self {
            Self::None => Ok(None),
            Self::Bearer(token) => Ok(Some(token.clone())),
            // Boxed: requesting a token is a call itself, so the future is recursive.
            Self::Credentials(source) => Box::pin(source.token(client)).await.map(Some),
        }
    }

    /// Returns a new token in place of the rejected one, where the client can request one.
    pub(crate) async fn renew(&self, client: &Client, rejected: Option<&Secret>) -> Option<Result<Secret>> {
        let (Self::Credentials(source), Some(rejected)) = (self, rejected) else { return None };
        source.discard(rejected).await;
        Some(Box::pin(source.token(client)).await)
    }
}
