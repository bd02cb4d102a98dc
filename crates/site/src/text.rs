//! Text resources for programs: the feed, lists for agents, the sitemap, robots.txt and security.txt.

pub mod feed;
pub mod llms;
pub mod robots;
pub mod security_txt;
pub mod sitemap;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use crate::response::{CachePolicy, ResponseParts, Sandbox};

/// Builds a plain-text response, cached for some minutes.
fn plain_text_response(text: String) -> ResponseParts {
    ResponseParts {
        status: StatusCode::OK,
        content_type: HeaderValue::from_static("text/plain; charset=utf-8"),
        body: Bytes::from(text),
        policy: CachePolicy::Feed,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    }
}
