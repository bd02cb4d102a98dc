//! A page's HTML, by Leptos.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt as _;
use memchr::memmem;

use app::model::View;

use crate::error::PageError;

/// Lets Leptos use the runtime of the process. To be called once before anything is rendered; again is harmless.
pub fn start() {
    // The only error is that it was done before.
    let _ = any_spawner::Executor::init_tokio();
}

/// The whole document. The same view always gives the same bytes.
///
/// Leptos appends two inline scripts with a fresh nonce after the document's end (they carry resources to hydrated
/// pages, and these have none). They are cut off: the security policy forbids them, and bytes that change each time
/// could not be validated.
pub async fn html(view: View) -> Result<Bytes, PageError> {
    let internal = |what: &dyn std::fmt::Display| PageError::Internal(format!("rendering: {what}"));
    let request = Request::builder().uri("/").body(Body::empty()).map_err(|error| internal(&error))?;
    // It is drawn once; Leptos asks for what could be drawn again.
    let view = Arc::new(Mutex::new(Some(view)));
    let document = move || view.lock().unwrap_or_else(PoisonError::into_inner).take().map(app::document);
    let render = leptos_axum::render_app_async_with_context(|| {}, document);
    // As a task of its own, so that a panic in a page is an error of that page.
    let response = tokio::spawn(render(request)).await.map_err(|error| internal(&error))?;
    let bytes = response.into_body().collect().await.map_err(|error| internal(&error))?.to_bytes();
    let end = document_end(&bytes).ok_or_else(|| internal(&"the document has no end"))?;
    let document = std::str::from_utf8(&bytes[..end]).map_err(|error| internal(&error))?;
    Ok(without_markers(document).into())
}

/// What Leptos writes between parts so that the browser can find them again.
const MARKERS: [&str; 2] = ["<!>", "<!--<() />-->"];

/// The document without hydration markers, which only islands need: elsewhere they are weight, and in a title they
/// would be shown. No text can look like one, since `<` in text is escaped.
fn without_markers(document: &str) -> String {
    const ISLAND: (&str, &str) = ("<leptos-island", "</leptos-island>");
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(start) = memmem::find(rest.as_bytes(), ISLAND.0.as_bytes()) {
        let end = rest[start..].find(ISLAND.1).map_or(rest.len(), |end| start + end + ISLAND.1.len());
        strip(&mut out, &rest[..start]);
        // The same empty comment, written as HTML asks.
        out.push_str(&rest[start..end].replace(MARKERS[0], "<!---->"));
        rest = &rest[end..];
    }
    strip(&mut out, rest);
    // It is kept: what the markers took is given back.
    out.shrink_to_fit();
    out
}

fn strip(out: &mut String, mut rest: &str) {
    while let Some(at) = memmem::find(rest.as_bytes(), b"<!") {
        let marker = MARKERS.into_iter().find(|marker| rest[at..].starts_with(marker));
        let (kept, skipped) = marker.map_or((at + 2, 0), |marker| (at, marker.len()));
        out.push_str(&rest[..kept]);
        rest = &rest[kept + skipped..];
    }
    out.push_str(rest);
}

/// The offset behind the last `</html>`.
fn document_end(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</html>";
    bytes.windows(END.len()).rposition(|window| window == END).map(|at| at + END.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_go_and_islands_stay() {
        let document =
            "<!DOCTYPE html><title>A<!></title><leptos-island>b<!></leptos-island><p>c<!--<() />--><!>&lt;!&gt;</p>";
        let expected = "<!DOCTYPE html><title>A</title><leptos-island>b<!----></leptos-island><p>c&lt;!&gt;</p>";
        assert_eq!(without_markers(document), expected);
    }
}
