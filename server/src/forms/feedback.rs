//! Feedback ("Was this page useful?"): appended to a file, or written to the log.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use site::page::html_parts;
use site::paths;
use site::response::{CachePolicy, Effort, PreparedResponse};
use site::view;
use web::client_address::{Peer, client_address};

use crate::current_site::CurrentSite;
use crate::error::PageError;
use crate::limits::ByAddress;
use crate::routes::page::{home_location, respond_to};

/// Longest recorded text, in characters: the limit of the field.
const MAX_WORD: usize = 1000;

/// State of the handlers.
#[derive(Clone, Debug)]
pub struct FeedbackState {
    /// The site.
    pub current: Arc<CurrentSite>,
    /// Rate limit by IP address.
    pub limit: Arc<ByAddress>,
}

/// Fields of the form.
#[derive(Debug, Deserialize)]
pub struct Sent {
    page: String,
    useful: Useful,
    #[serde(default)]
    word: String,
}

/// The reader's answer.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Useful {
    Yes,
    No,
}

impl Useful {
    /// Value in the form and in the log.
    fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// A line of the file. No IP address: only the rate limit needs it.
#[derive(Debug, Serialize)]
struct Line<'a> {
    time: String,
    page: &'a str,
    useful: Useful,
    #[serde(skip_serializing_if = "str::is_empty")]
    word: &'a str,
}

/// Records an answer and redirects to [`show_thanks`].
///
/// # Errors
///
/// [`PageError::BadForm`] for an invalid form; [`PageError::Internal`] when the file can't be written.
pub async fn send(
    State(state): State<FeedbackState>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = super::parse_form(sent, "a page, and yes or no")?;
    let snapshot = state.current.snapshot();
    if snapshot.context.site.page(&sent.page).is_none() {
        return Err(PageError::BadForm("an existing page"));
    }
    let config = state.current.config();
    if let Some(Extension(peer)) = peer {
        let client = client_address(peer, &headers, &config.listen.trusted_proxies);
        if let Err(wait) = state.limit.take(client) {
            let mut response = PageError::TooMany.into_response();
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
            return Ok(response);
        }
    }
    let word = single_line(&sent.word);
    let line = Line { time: jiff::Timestamp::now().to_string(), page: &sent.page, useful: sent.useful, word: &word };
    match &config.telemetry.feedback_log {
        Some(file) => {
            let text = serde_json::to_string(&line).map_err(|error| PageError::Internal(error.to_string()))? + "\n";
            let file = file.clone();
            let written = tokio::task::spawn_blocking(move || append(&file, &text)).await;
            let written = written.map_err(std::io::Error::other).and_then(std::convert::identity);
            written.map_err(|error| PageError::Internal(format!("FEEDBACK_LOG: {error}")))?;
        }
        None => {
            tracing::info!(target: "portal::feedback", page = line.page, useful = line.useful.as_str(), word = line.word, "feedback");
        }
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("page", &sent.page).finish();
    let location = format!("{}?{query}", snapshot.context.site.href(paths::FEEDBACK));
    let location = HeaderValue::try_from(location).map_err(|error| PageError::Internal(error.to_string()))?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// Query parameters of the confirmation page.
#[derive(Debug, Deserialize)]
pub struct ThanksQuery {
    page: Option<String>,
}

/// Shows the confirmation, with a link back to the page.
///
/// # Errors
///
/// [`PageError::Internal`] when rendering fails.
pub async fn show_thanks(
    State(state): State<FeedbackState>,
    Query(ThanksQuery { page }): Query<ThanksQuery>,
    request: Request,
) -> Result<Response, PageError> {
    let snapshot = state.current.snapshot();
    let Some(page) = page else {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, home_location(&snapshot))]).into_response());
    };
    let mut parts = html_parts(&snapshot.context.settings, view::thanks(&snapshot.context, &page)).await?;
    parts.policy = CachePolicy::NoStore;
    Ok(respond_to(&PreparedResponse::new(parts, Effort::Fast, snapshot.context.settings.is_https), &request))
}

/// Reduces a text to one line of bounded length, without control characters.
fn single_line(word: &str) -> String {
    let spaced = word.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(MAX_WORD);
    spaced.collect::<String>().trim().to_owned()
}

/// Appends a line. The file is opened each time, so that it can be rotated.
fn append(file: &Path, line: &str) -> std::io::Result<()> {
    std::fs::OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feedback_text_is_a_single_line_of_limited_length() {
        assert_eq!(single_line(" a\r\nb\u{1b}[31m "), "a  b [31m");
        assert_eq!(single_line(&"ü".repeat(3000)).chars().count(), MAX_WORD);
    }
}
