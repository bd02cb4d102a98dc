//! Errors as pages of the site's design, for browsers.

use std::sync::Arc;

use app::model::View;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use percent_encoding::percent_decode_str;
use site::render;
use site::response::negotiate;
use site::view;
use web::request_id::RequestId;

use crate::current_site::CurrentSite;
use crate::error::PageError;

/// Renders an error; other responses pass. Details of internal errors go to the log only.
pub async fn error_page(State(current): State<Arc<CurrentSite>>, request: Request, next: Next) -> Response {
    // A `.json` URL is requested by programs only, regardless of `Accept`.
    let is_json = request.uri().path().rsplit_once('.').is_some_and(|(_, ending)| ending == "json");
    let html = negotiate::accepts_html(request.headers());
    let markdown = negotiate::prefers_markdown(request.headers());
    let is_head = request.method() == Method::HEAD;
    let id = request.extensions().get::<RequestId>().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let mut response = next.run(request).await;
    let Some(error) = response
        .extensions()
        .get::<PageError>()
        .cloned()
        .or_else(|| layer_error(response.status(), response.headers()))
    else {
        return response;
    };
    if let PageError::Internal(reason) = &error {
        tracing::error!(id, "{reason}");
    }
    let (kind, body) = if is_json {
        ("application/problem+json", problem_json(&error))
    } else if markdown {
        (
            "text/markdown; charset=utf-8",
            Bytes::from(app::markdown_page::document(&error_view(&current, &error, &path, &id))),
        )
    } else if let Some(page) = render_if(html, || error_view(&current, &error, &path, &id)).await {
        ("text/html; charset=utf-8", page)
    } else {
        ("text/plain; charset=utf-8", Bytes::from(format!("{error}\n{}\n", error.advice())))
    };
    *response.status_mut() = error.status();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
    *response.body_mut() = if is_head { Body::empty() } else { Body::from(body) };
    response
}

/// An error for programs (RFC 9457, section 3.1).
fn problem_json(error: &PageError) -> Bytes {
    let status = error.status();
    let title = status.canonical_reason().unwrap_or_default();
    let detail = format!("{error}. {}", error.advice());
    Bytes::from(serde_json::json!({ "title": title, "status": status.as_u16(), "detail": detail }).to_string())
}

/// Errors of layers without a `PageError`: timeout, body limit, panic.
fn layer_error(status: StatusCode, headers: &HeaderMap) -> Option<PageError> {
    let is_page = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    match status {
        _ if is_page => None,
        StatusCode::METHOD_NOT_ALLOWED => Some(PageError::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(PageError::TooLarge),
        StatusCode::REQUEST_TIMEOUT => Some(PageError::TimedOut),
        StatusCode::INTERNAL_SERVER_ERROR => Some(PageError::Internal("a handler panicked".to_owned())),
        _ => None,
    }
}

async fn render_if(is_wanted: bool, view: impl FnOnce() -> View) -> Option<Bytes> {
    if is_wanted { render::render_html(view()).await.ok() } else { None }
}

fn error_view(current: &CurrentSite, error: &PageError, path: &str, id: &str) -> View {
    let snapshot = current.snapshot();
    let context = &snapshot.context;
    match error {
        PageError::NotFound => {
            view::not_found(context, path.strip_prefix(&*context.settings.base_path).unwrap_or(path))
        }
        other => view::error_page(context, other.status(), &other.to_string(), other.advice(), id),
    }
}
