//! Discovery documents. Field names follow the RFCs.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Authorization server metadata (RFC 8414), as far as clients need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServerMetadata {
    /// Issuer.
    pub issuer: String,
    /// Token endpoint.
    pub token_endpoint: String,
    /// Introspection endpoint.
    pub introspection_endpoint: Option<String>,
    /// Revocation endpoint.
    pub revocation_endpoint: Option<String>,
    /// URL of the public signing keys.
    pub jwks_uri: String,
    /// Supported grant types.
    #[serde(default)]
    pub grant_types_supported: Vec<String>,
    /// Supported scopes.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
}

/// Protected resource metadata (RFC 9728).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProtectedResource {
    /// Identifier of the API: the audience of its tokens.
    pub resource: String,
    /// Accepted issuers.
    #[serde(default)]
    pub authorization_servers: Vec<String>,
    /// URL of the public signing keys.
    pub jwks_uri: Option<String>,
    /// Supported scopes.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
}

/// Public signing keys (RFC 7517).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Jwks {
    /// Keys as JWK.
    pub keys: Vec<Value>,
}
