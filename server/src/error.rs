//! Errors, by where they are reported.
//!
//! - [`StartError`] stops the start: one line on standard error, exit code 1.
//! - [`PageError`] is sent to a reader: a page of the site's design, or a line of text without `Accept: text/html`. Its
//!   details go to the log, with the request's ID.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use site::{AssetsError, SiteError};
use thiserror::Error;
use web::query_limit::QueryExcess;

/// An error that prevents the start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address is in use or doesn't belong to this machine.
    #[error("PORTAL_ADDR: can't listen on {0}: {1}. Stop the process that uses this address, or set another one.")]
    Listen(SocketAddr, io::Error),
    /// The metrics address is in use or doesn't belong to this machine.
    #[error("METRICS_ADDR: can't listen on {0}: {1}")]
    ListenMetrics(SocketAddr, io::Error),
    /// The content is missing or can't be read.
    #[error("CONTENT_DIR: {0}")]
    Content(#[from] content::LoadError),
    /// Styles and scripts are missing or can't be read.
    #[error("PORTAL_SITE_ROOT: {0}")]
    Assets(#[from] AssetsError),
    /// The search index could not be created.
    #[error("can't build the search index: {0}")]
    Search(#[from] search::SearchError),
    /// The runtime can't be created.
    #[error("can't start the runtime: {0}")]
    Runtime(io::Error),
    /// Standard output can't be used for logs.
    #[error("can't log to standard output: {0}")]
    Logs(io::Error),
    /// The API's client can't be created.
    #[error("SENTRYAGENT_API_URL: {0}")]
    Api(#[from] client::Error),
    /// The API's credential can't be read.
    #[error("SENTRYAGENT_API_CREDENTIAL: {0}: {1}. Expected JSON with clientId and clientSecret")]
    ApiCredential(PathBuf, String),
    /// The metrics can't be registered.
    #[error("can't register metrics: {0}")]
    Metrics(#[from] prometheus::Error),
}

/// An error of a request.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PageError {
    /// The path is invalid.
    #[error("invalid path: it {0}")]
    BadPath(&'static str),
    /// The header `Host` is invalid.
    #[error("invalid request: the header Host {0}")]
    BadHost(&'static str),
    /// The query string exceeds a limit.
    #[error("invalid URL: the query string {0}")]
    LongQuery(QueryExcess),
    /// The URL has no page.
    #[error("page not found")]
    NotFound,
    /// The method is not allowed.
    #[error("method not allowed: use GET or HEAD")]
    MethodNotAllowed,
    /// A form submitted from another site.
    #[error("cross-site request rejected")]
    CrossSite,
    /// An invalid form.
    #[error("invalid form: expected {0}")]
    BadForm(&'static str),
    /// The rate limit of the client's IP address is exceeded.
    #[error("too many requests")]
    TooMany,
    /// The body is too large.
    #[error("the request is too large")]
    TooLarge,
    /// The registry can't be reached, and no response is cached.
    #[error("the registry is currently unavailable")]
    Unavailable,
    /// A timeout.
    #[error("the request timed out")]
    TimedOut,
    /// An internal failure. The text is for the log.
    #[error("something went wrong")]
    Internal(String),
}

impl PageError {
    /// The status of the response (RFC 9110 section 15).
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadPath(_) | Self::BadHost(_) => StatusCode::BAD_REQUEST,
            Self::LongQuery(_) => StatusCode::URI_TOO_LONG,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::BadForm(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Advice for the reader.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::BadPath(_) => "Check the URL for stray characters, or start at the home page.",
            Self::BadHost(_) => "Send one Host header with the name of this site.",
            Self::LongQuery(_) => "Remove parameters from the URL, or start at the home page.",
            Self::NotFound => "Check the URL, or start at the home page.",
            Self::MethodNotAllowed => "Open the URL with an ordinary link.",
            Self::CrossSite => "Open the page on this site and submit the form from there.",
            Self::BadForm(_) => "Reload the page and submit the form again.",
            Self::TooMany => "Wait a few minutes and try again. If you go back, your input is still there.",
            Self::TooLarge => "Send a smaller request.",
            Self::Unavailable => "Try again in a minute. The rest of the site works, and no data is lost.",
            Self::TimedOut => "Try again in a moment.",
            Self::Internal(_) => {
                "Try again in a moment. If the problem persists, contact the operator with this request ID."
            }
        }
    }
}

impl From<SiteError> for PageError {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::NotFound => Self::NotFound,
            SiteError::Internal(reason) => Self::Internal(reason),
        }
    }
}

/// A bare response that carries the error; `middleware::error_page` renders it for browsers.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = (self.status(), format!("{self}\n{}\n", self.advice())).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
