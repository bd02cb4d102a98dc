//! What is there in development alone.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use domain::rejection::Resource;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use crate::error::ApiError;
use crate::mail::Mailer;

/// `GET /dev/mail`: the last mails, the newest first; as text, or, for a browser, with links to press. Outside development there
/// is nothing here.
pub async fn mail(State(mailer): State<Mailer>, headers: HeaderMap) -> Result<Response, ApiError> {
    let mails = mailer.shown().ok_or(ApiError::NotFound { missing: Resource::Other })?;
    let is_browser =
        headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|wanted| wanted.contains("text/html"));
    if is_browser {
        let page = crate::mail::page(&mails);
        let page = page.map_err(|error| ApiError::internal(format!("mails could not be drawn: {error}")))?;
        return Ok(([(CONTENT_SECURITY_POLICY, crate::mail::policy())], Html(page)).into_response());
    }
    let text = mails.iter().map(|(to, letter)| format!("To: {to}\nSubject: {}\n\n{}", letter.subject, letter.plain()));
    let text = text.collect::<Vec<_>>().join("\n--\n\n");
    let text = if text.is_empty() { "No mail was sent yet.\n".to_owned() } else { text };
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
