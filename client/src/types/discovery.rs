//! What clients find out by themselves. Names are those of the RFCs.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The authorization server's metadata (RFC 8414), as far as clients need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServerMetadata {
    /// The issuer.
    pub issuer: String,
    /// Where tokens are got.
    pub token_endpoint: String,
    /// Where tokens are asked about.
    pub introspection_endpoint: Option<String>,
    /// Where tokens are ended.
    pub revocation_endpoint: Option<String>,
    /// Where the public signing keys are.
    pub jwks_uri: String,
    /// Grants that are served.
    #[serde(default)]
    pub grant_types_supported: Vec<String>,
    /// Scopes that there are.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
}

/// What the API asks of tokens (RFC 9728).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProtectedResource {
    /// The API's identifier: the audience of its tokens.
    pub resource: String,
    /// Issuers whose tokens it takes.
    #[serde(default)]
    pub authorization_servers: Vec<String>,
    /// Where the public signing keys are.
    pub jwks_uri: Option<String>,
    /// Scopes that there are.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
}

/// Public signing keys (RFC 7517).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Jwks {
    /// Each as a JWK.
    pub keys: Vec<Value>,
}
