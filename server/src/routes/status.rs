//! `/status`: the health of the registry at the time of the request.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::{Method, StatusCode};
use site::page::markdown_parts;
use site::response::respond::respond;
use site::response::{CachePolicy, Effort, PreparedResponse};
use site::view::status::status_page;

use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Shows the page. An unreachable registry is content of the page, not an error.
pub async fn show(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    let report = onboarding.health.fetch(&onboarding.api).await;
    let view = status_page(&onboarding.snapshot().context, &report);
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Shows the page as Markdown, regardless of `Accept`.
pub async fn show_markdown(State(onboarding): State<Onboarding>, requester: Requester) -> Response {
    let report = onboarding.health.fetch(&onboarding.api).await;
    let snapshot = onboarding.snapshot();
    let mut parts = markdown_parts(&status_page(&snapshot.context, &report));
    parts.policy = CachePolicy::NoStore;
    let prepared = PreparedResponse::new(parts, Effort::Quick, snapshot.context.settings.is_https);
    respond(&prepared, &Method::GET, &requester.headers).map(Body::new)
}
