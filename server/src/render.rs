//! A page's HTML, by Leptos.

use axum::body::Body;
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt as _;

use app::model::View;

use crate::error::PageError;

/// The whole document. The same view always gives the same bytes.
///
/// Leptos appends two inline scripts with a fresh nonce after the document's end (they carry resources to hydrated
/// pages, and these have none). They are cut off: the security policy forbids them, and bytes that change each time
/// could not be validated.
pub async fn html(view: View) -> Result<Bytes, PageError> {
    let internal = |what: &dyn std::fmt::Display| PageError::Internal(format!("rendering: {what}"));
    let request = Request::builder().uri("/").body(Body::empty()).map_err(|error| internal(&error))?;
    let render = leptos_axum::render_app_async_with_context(|| {}, move || app::document(view.clone()));
    let response = render(request).await;
    let bytes = response.into_body().collect().await.map_err(|error| internal(&error))?.to_bytes();
    let end = document_end(&bytes).ok_or_else(|| internal(&"the document has no end"))?;
    Ok(bytes.slice(..end))
}

/// The offset behind the last `</html>`.
fn document_end(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</html>";
    bytes.windows(END.len()).rposition(|window| window == END).map(|at| at + END.len())
}
