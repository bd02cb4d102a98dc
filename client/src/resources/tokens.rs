//! OAuth 2.0: issue, introspect, revoke. Error responses are [`Error::OAuth`](crate::Error::OAuth).

use crate::call::Call;
use crate::operation::{Operation, declare};
use crate::types::{Introspection, Token, TokenIntrospectionRequest, TokenRequest};
use crate::{Client, Result};

declare! {
    ISSUE = Post "issueToken" "/api/v1/token", public;
    INTROSPECT = Post "introspectToken" "/api/v1/token/introspect";
    REVOKE = Post "revokeToken" "/api/v1/token/revoke";
}

/// OAuth 2.0: issue, introspect, revoke.
#[derive(Clone, Debug)]
pub struct Tokens(Client);

impl Client {
    /// OAuth 2.0: issue, introspect, revoke.
    pub fn tokens(&self) -> Tokens {
        Tokens(self.clone())
    }
}

impl Tokens {
    /// Requests an access token. [`Client::with_credentials`] does so automatically.
    pub async fn issue(&self, request: &TokenRequest) -> Result<Token> {
        self.0.call(ISSUE).form(request).fetch().await
    }

    /// Introspects a token (RFC 7662). Unlike offline verification, this detects revocation.
    pub async fn introspect(&self, request: &TokenIntrospectionRequest) -> Result<Introspection> {
        self.token_call(INTROSPECT, request).fetch().await
    }

    /// Revokes a token (RFC 7009). No effect on unknown tokens and on tokens of other organizations.
    pub async fn revoke(&self, request: &TokenIntrospectionRequest) -> Result<()> {
        self.token_call(REVOKE, request).send_ignoring_body().await
    }

    /// Omits the bearer token if the request contains a client secret: one authentication method per request.
    fn token_call(&self, operation: Operation, request: &TokenIntrospectionRequest) -> Call {
        let client = if request.client_secret.is_some() { &self.0.anonymous() } else { &self.0 };
        client.call(operation).form(request)
    }
}
