//! Tokens. Names are those of the RFCs.

use serde::{Deserialize, Serialize};

use crate::Secret;

/// What is sent for a token, by client credentials (RFC 6749, section 4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenRequest {
    grant_type: &'static str,
    /// The agent's or organization's identifier.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Secret,
    /// Less than the credential may, with single spaces between. Without it, all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Whom the token is for (RFC 8707). Without it, for the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

impl TokenRequest {
    /// For all that the credential may, at the API.
    pub fn new(client_id: &(impl ToString + ?Sized), client_secret: impl Into<Secret>) -> Self {
        Self {
            grant_type: "client_credentials",
            client_id: client_id.to_string(),
            client_secret: client_secret.into(),
            scope: None,
            resource: None,
        }
    }
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Token {
    /// A JWT by RFC 9068.
    pub access_token: Secret,
    /// `Bearer`
    pub token_type: String,
    /// Seconds until it ends.
    pub expires_in: u64,
    /// What it may be used for.
    pub scope: String,
}

/// A token that somebody showed you.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenInQuestion {
    /// The token.
    pub token: Secret,
    /// Your identifier, where the client shows nothing itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Your secret, where the client shows nothing itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
}

impl TokenInQuestion {
    /// One that is asked about by whoever the client shows.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), client_id: None, client_secret: None }
    }
}

/// Whether a token holds (RFC 7662). Where it does not, nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Introspection {
    /// Whether it holds.
    pub active: bool,
    /// What it may be used for, with single spaces between.
    pub scope: Option<String>,
    /// Who uses it.
    pub client_id: Option<String>,
    /// `Bearer`
    pub token_type: Option<String>,
    /// When it ends, in seconds since 1970.
    pub exp: Option<i64>,
    /// When it was issued, in seconds since 1970.
    pub iat: Option<i64>,
    /// Whom it is about.
    pub sub: Option<String>,
    /// Whom it is for.
    pub aud: Option<String>,
    /// Who issued it.
    pub iss: Option<String>,
    /// Its identifier.
    pub jti: Option<String>,
    /// The tenant.
    pub organization_id: Option<String>,
}
