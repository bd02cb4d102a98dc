//! All that is not a page by itself: health, the feed, lists for machines, the tool and the search with a question, and
//! the way to pages that are not finished yet.

pub mod account;
pub mod did_web;
pub mod feed;
pub mod get_started;
pub mod health;
pub mod llms;
pub mod markdown;
pub mod marketplace;
pub mod page;
pub mod robots;
pub mod search;
pub mod security_txt;
pub mod sitemap;
pub mod status;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use crate::edge::finished::Draft;
use crate::edge::policy::CachePolicy;
use crate::edge::security::Sandbox;

/// A text for machines, kept some minutes.
fn text(text: String) -> Draft {
    Draft {
        status: StatusCode::OK,
        content_type: HeaderValue::from_static("text/plain; charset=utf-8"),
        body: Bytes::from(text),
        policy: CachePolicy::Feed,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    }
}
