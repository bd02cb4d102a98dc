//! How a client shows who it is.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::types::TokenRequest;
use crate::{Client, Result, Secret};

/// How long before its end a token is renewed.
const EARLY: Duration = Duration::from_mins(1);

/// How a client shows who it is. It prints no secret.
#[derive(Clone, Debug, Default)]
pub(crate) enum Auth {
    /// It does not.
    #[default]
    None,
    /// By a token or a session's handle, as it was given.
    Bearer(Secret),
    /// By tokens that are got with client credentials.
    Credentials(Arc<TokenSource>),
}

/// Gets tokens, and keeps the last one in memory.
#[derive(Debug)]
pub(crate) struct TokenSource {
    request: TokenRequest,
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug)]
struct Kept {
    token: Secret,
    renew_at: Instant,
}

impl TokenSource {
    pub(crate) fn new(request: TokenRequest) -> Self {
        Self { request, kept: Mutex::default() }
    }

    /// A token that holds for a while. Of many who ask at once, one gets it for all.
    async fn token(&self, client: &Client) -> Result<Secret> {
        let mut kept = self.kept.lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| Instant::now() < kept.renew_at) {
            return Ok(kept.token.clone());
        }
        let asked = Instant::now();
        let answer = client.tokens().issue(&self.request).await?;
        let life = Duration::from_secs(answer.expires_in);
        // One that lives for less than two minutes is used for the first half of that.
        let renew_at = asked + life.saturating_sub(EARLY).max(life / 2);
        let token = answer.access_token;
        *kept = Some(Kept { token: token.clone(), renew_at });
        Ok(token)
    }

    /// Drops a token that was refused, unless it has been replaced already.
    async fn refused(&self, token: &Secret) {
        let mut kept = self.kept.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.token == *token) {
            *kept = None;
        }
    }
}

impl Auth {
    /// What to send as a bearer, if anything. `client` is one that shows nothing, to get a token with.
    pub(crate) async fn bearer(&self, client: &Client) -> Result<Option<Secret>> {
        match self {
            Self::None => Ok(None),
            Self::Bearer(token) => Ok(Some(token.clone())),
            // In a box, since getting a token is a call too.
            Self::Credentials(source) => Box::pin(source.token(client)).await.map(Some),
        }
    }

    /// Another one than that which was refused, if there can be one.
    pub(crate) async fn renewed(&self, client: &Client, refused: Option<&Secret>) -> Option<Result<Secret>> {
        let (Self::Credentials(source), Some(refused)) = (self, refused) else { return None };
        source.refused(refused).await;
        Some(Box::pin(source.token(client)).await)
    }
}
