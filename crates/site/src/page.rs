//! Pages as responses: HTML, or Markdown (RFC 7763).

use app::model::View;
use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::error::SiteError;
use crate::render;
use crate::response::{CachePolicy, ResponseParts, Sandbox, negotiate};
use crate::settings::SiteSettings;
use crate::view;

/// Average number of characters per token of a language model, in English prose.
const CHARACTERS_PER_TOKEN: usize = 4;

/// Builds the response that a request prefers: HTML or Markdown.
///
/// # Errors
///
/// [`SiteError::Internal`] when rendering fails.
pub async fn negotiated_parts(
    settings: &SiteSettings,
    view: View,
    headers: &HeaderMap,
) -> Result<ResponseParts, SiteError> {
    if negotiate::prefers_markdown(headers) { Ok(markdown_parts(&view)) } else { html_parts(settings, view).await }
}

/// Builds the HTML response of a page.
///
/// # Errors
///
/// [`SiteError::Internal`] when rendering fails.
pub async fn html_parts(settings: &SiteSettings, view: View) -> Result<ResponseParts, SiteError> {
    let (status, sandbox) = (view::status(&view), view::sandbox(&view, settings));
    Ok(ResponseParts {
        status,
        content_type: HeaderValue::from_static("text/html; charset=utf-8"),
        body: render::render_html(view).await?,
        policy: policy_for(status),
        sandbox,
        varies_by_accept: true,
        extra: Vec::new(),
    })
}

/// Builds the Markdown response of a page. `x-markdown-tokens` estimates its length in tokens of a language model.
pub fn markdown_parts(view: &View) -> ResponseParts {
    let status = view::status(view);
    let text = app::markdown_page::document(view);
    let tokens = text.chars().count().div_ceil(CHARACTERS_PER_TOKEN);
    ResponseParts {
        status,
        content_type: HeaderValue::from_static("text/markdown; charset=utf-8"),
        body: Bytes::from(text),
        policy: policy_for(status),
        sandbox: Sandbox::File,
        varies_by_accept: true,
        extra: vec![(HeaderName::from_static("x-markdown-tokens"), HeaderValue::from(tokens))],
    }
}

fn policy_for(status: StatusCode) -> CachePolicy {
    if status == StatusCode::OK { CachePolicy::Page } else { CachePolicy::NoStore }
}
