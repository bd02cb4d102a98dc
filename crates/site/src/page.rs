//! `/x.md`: a page's Markdown form (RFC 7763).

use app::model::View;
use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderValue, StatusCode};

use crate::edge::finished::Draft;
use crate::edge::policy::CachePolicy;
use crate::edge::security::Sandbox;
use crate::view;

/// About how many characters a token of a language model has, in English prose.
const CHARACTERS_A_TOKEN: usize = 4;

/// The Markdown form as an answer. `x-markdown-tokens` is an estimate of its length for language models.
pub fn draft(view: &View) -> Draft {
    let status = view::status(view);
    let text = app::markdown::document(view);
    let tokens = text.chars().count().div_ceil(CHARACTERS_A_TOKEN);
    Draft {
        status,
        content_type: HeaderValue::from_static("text/markdown; charset=utf-8"),
        body: Bytes::from(text),
        policy: if status == StatusCode::OK { CachePolicy::Page } else { CachePolicy::NoStore },
        sandbox: Sandbox::File,
        varies_by_accept: true,
        extra: vec![(HeaderName::from_static("x-markdown-tokens"), HeaderValue::from(tokens))],
    }
}
