//! What clients find out by themselves.

use http::header::ACCEPT;
use serde_json::Value;

use crate::operation::declare;
use crate::types::{Jwks, ProtectedResource, ServerMetadata};
use crate::{Client, Result};

declare! {
    GUIDE = Get "getGuide" "/api/v1", open;
    SERVER = Get "getServerMetadata" "/.well-known/oauth-authorization-server", open;
    RESOURCE = Get "getProtectedResourceMetadata" "/.well-known/oauth-protected-resource", open;
    JWKS = Get "getJwks" "/.well-known/jwks.json", open;
}

/// What clients find out by themselves.
#[derive(Clone, Debug)]
pub struct Discovery(pub(crate) Client);

impl Discovery {
    /// How to begin, for programs.
    pub async fn guide(&self) -> Result<Value> {
        self.0.call(GUIDE).fetch().await
    }

    /// How to begin, as Markdown.
    pub async fn guide_markdown(&self) -> Result<String> {
        self.0.call(GUIDE).header(ACCEPT, "text/markdown").send().await?.text()
    }

    /// The authorization server's metadata (RFC 8414).
    pub async fn server(&self) -> Result<ServerMetadata> {
        self.0.call(SERVER).fetch().await
    }

    /// What the API asks of tokens (RFC 9728).
    pub async fn protected_resource(&self) -> Result<ProtectedResource> {
        self.0.call(RESOURCE).fetch().await
    }

    /// The public signing keys (RFC 7517).
    pub async fn jwks(&self) -> Result<Jwks> {
        self.0.call(JWKS).fetch().await
    }
}
