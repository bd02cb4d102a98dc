//! "Was this page useful?": a line in a file, or in the log.

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

use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::limits::ByAddress;
use crate::live::Live;
use crate::middleware::client_address::{Peer, client_address};
use crate::routes::page::{home, respond};
use crate::site_paths;
use crate::view;

/// Longest word that is kept, in characters. The field takes no more.
const MAX_WORD: usize = 1000;

/// What the form needs.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The site.
    pub live: Arc<Live>,
    /// How often one address may answer.
    pub limit: Arc<ByAddress>,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Sent {
    page: String,
    useful: Useful,
    #[serde(default)]
    word: String,
}

/// The answer.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Useful {
    Yes,
    No,
}

impl Useful {
    /// As it is sent, and written.
    fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// A line of the file. No address: it is needed for the limit and for nothing else.
#[derive(Debug, Serialize)]
struct Line<'a> {
    time: String,
    page: &'a str,
    useful: Useful,
    #[serde(skip_serializing_if = "str::is_empty")]
    word: &'a str,
}

/// Takes an answer and leads on to [`thanks`].
pub async fn send(
    State(desk): State<Desk>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = super::read(sent, "a page, and yes or no")?;
    let generation = desk.live.current();
    if generation.site.page(&sent.page).is_none() {
        return Err(PageError::BadForm("an existing page"));
    }
    let config = &generation.config;
    if let Some(Extension(peer)) = peer {
        let client = client_address(peer, &headers, &config.listen.trusted_proxies);
        if let Err(wait) = desk.limit.take(client) {
            let mut response = PageError::TooMany.into_response();
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
            return Ok(response);
        }
    }
    let word = plain(&sent.word);
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
    let location = format!("{}?{query}", generation.site.href(site_paths::FEEDBACK));
    let location = HeaderValue::try_from(location).map_err(|error| PageError::Internal(error.to_string()))?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// Which page was meant.
#[derive(Debug, Deserialize)]
pub struct Meant {
    page: Option<String>,
}

/// Thanks, and the way back.
pub async fn thanks(
    State(desk): State<Desk>,
    Query(Meant { page }): Query<Meant>,
    request: Request,
) -> Result<Response, PageError> {
    let generation = desk.live.current();
    let Some(page) = page else {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, home(&generation))]).into_response());
    };
    let mut draft = generation.page_draft(view::thanks(&generation, &page)).await?;
    draft.policy = CachePolicy::NoStore;
    Ok(respond(&Finished::new(draft, Effort::Fast, generation.config.is_https()), &request))
}

/// One line, of bounded length, without control characters.
fn plain(word: &str) -> String {
    let spaced = word.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(MAX_WORD);
    spaced.collect::<String>().trim().to_owned()
}

/// Adds a line. The file is opened each time, so that it can be moved away and a new one begins.
fn append(file: &Path, line: &str) -> std::io::Result<()> {
    std::fs::OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_line_of_bounded_length() {
        assert_eq!(plain(" a\r\nb\u{1b}[31m "), "a  b [31m");
        assert_eq!(plain(&"ü".repeat(3000)).chars().count(), MAX_WORD);
    }
}
