//! HTML of a page, rendered by Leptos.

use std::sync::{Arc, Mutex, PoisonError};

use app::model::View;
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt as _;
use memchr::memmem;

use crate::error::SiteError;

/// Registers the runtime of the process with Leptos. Required once before the first rendering; further calls have no
/// effect.
pub fn init() {
    // The only error is a repeated call.
    let _ = any_spawner::Executor::init_tokio();
}

/// Renders the whole document. Equal views give equal bytes.
///
/// Leptos appends two inline scripts with a fresh nonce after the document's end (resources of hydrated pages; there
/// are none). They are removed: the security policy forbids them, and a response whose bytes change can't be
/// revalidated.
///
/// # Errors
///
/// [`SiteError::Internal`] when a component panics.
pub async fn render_html(view: View) -> Result<Bytes, SiteError> {
    let internal = |what: &dyn std::fmt::Display| SiteError::Internal(format!("rendering: {what}"));
    #[expect(clippy::default_trait_access, reason = "the body's type is axum's, which this crate does not know")]
    let request = Request::builder().uri("/").body(Default::default()).map_err(|error| internal(&error))?;
    // The view is rendered once, but Leptos requires a closure that can be called again.
    let view = Arc::new(Mutex::new(Some(view)));
    let document = move || view.lock().unwrap_or_else(PoisonError::into_inner).take().map(app::document);
    let render = leptos_axum::render_app_async_with_context(|| {}, document);
    // A separate task, so that a panic in a page becomes an error of that page.
    let response = tokio::spawn(render(request)).await.map_err(|error| internal(&error))?;
    let bytes = response.into_body().collect().await.map_err(|error| internal(&error))?.to_bytes();
    let end = document_end(&bytes).ok_or_else(|| internal(&"the document has no end"))?;
    let document = std::str::from_utf8(&bytes[..end]).map_err(|error| internal(&error))?;
    Ok(strip_markers(document).into())
}

/// Hydration markers of Leptos.
const MARKERS: [&str; 2] = ["<!>", "<!--<() />-->"];

/// Removes hydration markers outside islands: elsewhere they add weight, and in a title they would be visible. No text can
/// look like a marker, since `<` in text is escaped.
fn strip_markers(document: &str) -> String {
    const ISLAND: (&str, &str) = ("<leptos-island", "</leptos-island>");
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(start) = memmem::find(rest.as_bytes(), ISLAND.0.as_bytes()) {
        let end = rest[start..].find(ISLAND.1).map_or(rest.len(), |end| start + end + ISLAND.1.len());
        copy_without_markers(&mut out, &rest[..start]);
        // The same empty comment in HTML syntax.
        out.push_str(&rest[start..end].replace(MARKERS[0], "<!---->"));
        rest = &rest[end..];
    }
    copy_without_markers(&mut out, rest);
    // The document is cached with its capacity.
    out.shrink_to_fit();
    out
}

fn copy_without_markers(out: &mut String, mut rest: &str) {
    while let Some(at) = memmem::find(rest.as_bytes(), b"<!") {
        let marker = MARKERS.into_iter().find(|marker| rest[at..].starts_with(marker));
        let (copied, skipped) = marker.map_or((at + 2, 0), |marker| (at, marker.len()));
        out.push_str(&rest[..copied]);
        rest = &rest[copied + skipped..];
    }
    out.push_str(rest);
}

/// The offset after the last `</html>`.
fn document_end(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</html>";
    bytes.windows(END.len()).rposition(|window| window == END).map(|at| at + END.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hydration_markers_are_removed_outside_islands() {
        let document =
            "<!DOCTYPE html><title>A<!></title><leptos-island>b<!></leptos-island><p>c<!--<() />--><!>&lt;!&gt;</p>";
        let expected = "<!DOCTYPE html><title>A</title><leptos-island>b<!----></leptos-island><p>c&lt;!&gt;</p>";
        assert_eq!(strip_markers(document), expected);
    }
}
