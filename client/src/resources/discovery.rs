//! Discovery documents.

use http::header::ACCEPT;
use serde_json::Value;

use crate::operation::declare;
use crate::types::{Jwks, ProtectedResource, ServerMetadata};
use crate::{Client, Result};

declare! {
    GUIDE = Get "getGuide" "/api/v1", public;
    SERVER = Get "getServerMetadata" "/.well-known/oauth-authorization-server", public;
    RESOURCE = Get "getProtectedResourceMetadata" "/.well-known/oauth-protected-resource", public;
    JWKS = Get "getJwks" "/.well-known/jwks.json", public;
}

/// Discovery documents.
#[derive(Clone, Debug)]
pub struct Discovery(Client);

impl Client {
    /// Discovery documents.
    pub fn discovery(&self) -> Discovery {
        Discovery(self.clone())
    }
}

impl Discovery {
    /// Returns the getting-started guide as JSON.
    pub async fn guide(&self) -> Result<Value> {
        self.0.call(GUIDE).fetch().await
    }

    /// Returns the getting-started guide as Markdown.
    pub async fn guide_markdown(&self) -> Result<String> {
        self.0.call(GUIDE).header(ACCEPT, "text/markdown").send().await?.text()
    }

    /// Returns the authorization server metadata (RFC 8414).
    pub async fn server(&self) -> Result<ServerMetadata> {
        self.0.call(SERVER).fetch().await
    }

    /// Returns the protected resource metadata (RFC 9728).
    pub async fn protected_resource(&self) -> Result<ProtectedResource> {
        self.0.call(RESOURCE).fetch().await
    }

    /// Returns the public signing keys (RFC 7517).
    pub async fn jwks(&self) -> Result<Jwks> {
        self.0.call(JWKS).fetch().await
    }
}
