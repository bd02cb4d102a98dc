//! Routes for development.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use domain::rejection::Resource;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use crate::error::ApiError;
use crate::mail::Mailer;

/// `GET /dev/mail`: the last emails, newest first, as text, or for browsers as HTML with links. 404 outside
/// development.
pub async fn list_emails(State(mailer): State<Mailer>, headers: HeaderMap) -> Result<Response, ApiError> {
    let emails = mailer.recent().ok_or(ApiError::NotFound { missing: Resource::Other })?;
    let is_browser =
        headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if is_browser {
        let page = crate::mail::render_page(&emails);
        let page = page.map_err(|error| ApiError::internal(format!("could not render emails: {error}")))?;
        return Ok(([(CONTENT_SECURITY_POLICY, crate::mail::content_security_policy())], Html(page)).into_response());
    }
    let text = emails.iter().map(|(to, email)| format!("To: {to}\nSubject: {}\n\n{}", email.subject, email.plain()));
    let text = text.collect::<Vec<_>>().join("\n--\n\n");
    let text = if text.is_empty() { "No emails sent yet.\n".to_owned() } else { text };
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
