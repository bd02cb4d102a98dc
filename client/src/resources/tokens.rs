//! OAuth 2.0: issue, introspect, revoke. Refusals are [`Error::OAuth`](crate::Error::OAuth).

use crate::call::Call;
use crate::operation::{Operation, declare};
use crate::types::{Introspection, Token, TokenInQuestion, TokenRequest};
use crate::{Client, Result};

declare! {
    ISSUE = Post "issueToken" "/api/v1/token", open;
    INTROSPECT = Post "introspectToken" "/api/v1/token/introspect";
    REVOKE = Post "revokeToken" "/api/v1/token/revoke";
}

/// OAuth 2.0.
#[derive(Clone, Debug)]
pub struct Tokens(pub(crate) Client);

impl Tokens {
    /// Gets a token. [`Client::with_credentials`] does that by itself.
    pub async fn issue(&self, request: &TokenRequest) -> Result<Token> {
        self.0.call(ISSUE).form(request).fetch().await
    }

    /// Asks whether a token holds. Unlike verifying it offline, this sees revocation.
    pub async fn introspect(&self, token: &TokenInQuestion) -> Result<Introspection> {
        self.about(INTROSPECT, token).fetch().await
    }

    /// Ends a token before its time. Of one that is not known or not yours, nothing happens.
    pub async fn revoke(&self, token: &TokenInQuestion) -> Result<()> {
        self.about(REVOKE, token).done().await
    }

    /// Who shows a secret shows no token beside it.
    fn about(&self, operation: Operation, token: &TokenInQuestion) -> Call {
        let client = if token.client_secret.is_some() { &self.0.anonymous() } else { &self.0 };
        client.call(operation).form(token)
    }
}
