//! Addresses of marketplace pages.

use http::HeaderValue;

use super::page_request::{Format, PageKey, PageRequest};
use crate::context::SiteContext;

/// Returns the address of a page in a format, base path and query included.
pub fn page_href(context: &SiteContext, key: &PageKey, format: Format) -> String {
    let path = format!("{}{}", key.path(), format.extension());
    context.site.href(&path) + &key.query()
}

/// Returns the `Content-Location` of Markdown served at the page's own address.
pub fn markdown_location(context: &SiteContext, request: &PageRequest) -> Option<HeaderValue> {
    HeaderValue::try_from(page_href(context, &request.key, request.format)).ok()
}
