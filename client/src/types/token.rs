//! Tokens. Field names follow the RFCs.

use serde::{Deserialize, Serialize};

use crate::Secret;

/// Request for a token by client credentials (RFC 6749, section 4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenRequest {
    grant_type: &'static str,
    /// Client ID: the ID of the agent or organization.
    pub client_id: String,
    /// Client secret.
    pub client_secret: Secret,
    /// Scopes to request, separated by single spaces. Default: all scopes of the credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Resource that the token is for (RFC 8707). Default: the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

impl TokenRequest {
    /// Creates a request for all scopes of the credential, at the API.
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

/// Access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Token {
    /// JWT (RFC 9068).
    pub access_token: Secret,
    /// `Bearer`
    pub token_type: String,
    /// Seconds until expiry.
    pub expires_in: u64,
    /// Scopes, separated by single spaces.
    pub scope: String,
}

/// Request to introspect or revoke a token (RFC 7662, RFC 7009).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenIntrospectionRequest {
    /// Token.
    pub token: Secret,
    /// Client ID of the caller, if the client is unauthenticated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Client secret of the caller, if the client is unauthenticated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
}

impl TokenIntrospectionRequest {
    /// Creates a request that relies on the client's own authentication.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), client_id: None, client_secret: None }
    }
}

/// Result of an introspection (RFC 7662). All other fields are `None` if the token is inactive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Introspection {
    /// True if the token is valid.
    pub active: bool,
    /// Scopes, separated by single spaces.
    pub scope: Option<String>,
    /// Client ID of the holder.
    pub client_id: Option<String>,
    /// `Bearer`
    pub token_type: Option<String>,
    /// Expiry, in seconds since 1970.
    pub exp: Option<i64>,
    /// Time of issue, in seconds since 1970.
    pub iat: Option<i64>,
    /// Subject.
    pub sub: Option<String>,
    /// Audience.
    pub aud: Option<String>,
    /// Issuer.
    pub iss: Option<String>,
    /// ID of the token.
    pub jti: Option<String>,
    /// ID of the organization.
    pub organization_id: Option<String>,
}
