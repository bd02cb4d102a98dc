//! Parts of a response, before compression.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use super::cache_policy::CachePolicy;
use super::security::Sandbox;

/// A response before compression.
#[derive(Clone, Debug)]
pub struct ResponseParts {
    /// The status.
    pub status: StatusCode,
    /// The media type.
    pub content_type: HeaderValue,
    /// The uncompressed body.
    pub body: Bytes,
    /// The cache policy.
    pub policy: CachePolicy,
    /// The permissions in the browser.
    pub sandbox: Sandbox,
    /// True if `Accept` selects another response at this address.
    pub varies_by_accept: bool,
    /// Further headers.
    pub extra: Vec<(HeaderName, HeaderValue)>,
}

impl ResponseParts {
    /// Returns true for text: images and fonts are already compressed.
    pub(super) fn is_compressible(&self) -> bool {
        let name = self.content_type.to_str().unwrap_or_default();
        let name = name.split(';').next().unwrap_or_default().trim();
        name.starts_with("text/")
            || name.ends_with("+xml")
            || name.ends_with("+json")
            || matches!(name, "application/json" | "application/javascript" | "application/xml" | "application/wasm")
    }
}
