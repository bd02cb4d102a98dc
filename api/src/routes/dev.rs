//! What is there in development alone.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;

use crate::error::{ApiError, Missing};
use crate::state::Shared;

/// `GET /dev/mail`: the last mails as text, the newest first. Outside development there is nothing here.
pub async fn mail(State(app): Shared) -> Result<Response, ApiError> {
    let mails = app.mail.shown().ok_or(ApiError::NotFound { missing: Missing::Other })?;
    let text = if mails.is_empty() { "No mail was sent yet.\n".to_owned() } else { mails.join("\n--\n\n") };
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
