//! State and responses shared by the pages and forms of sign-up and account.

mod form_errors;
mod form_key;
mod health;
mod progress;

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use app::model::{Page, View};
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse as _, Response};
use client::Client;
use http::header::{LOCATION, REFERRER_POLICY, RETRY_AFTER, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use site::SiteSnapshot;
use site::page::negotiated_parts;
use site::response::respond::respond;
use site::response::{CachePolicy, Effort, PreparedResponse};
use web::client_address::{Peer, client_address};

use crate::config::Config;
use crate::current_site::CurrentSite;
use crate::error::{PageError, StartError};
use crate::limits::ByAddress;
use crate::session::{CookieSeal, Session};
pub use form_errors::{feedback_for_error, form_errors};
pub use form_key::{is_too_quick, parse_form_key};
pub use health::HealthCache;
pub use progress::{credential_lines, fetch_first_call, fetch_progress};

/// State of the handlers.
#[derive(Clone, Debug)]
pub struct Onboarding {
    /// The site.
    pub current: Arc<CurrentSite>,
    /// The API, without a session.
    pub api: Client,
    /// Seals session cookies.
    pub cookies: Arc<CookieSeal>,
    /// Rate limit of forms by IP address.
    pub limit: Arc<ByAddress>,
    /// The last health report of the API.
    pub health: HealthCache,
}

/// Sender of a request: peer of the connection, and headers of the request.
#[derive(Clone, Debug)]
pub struct Requester {
    /// The peer of the connection.
    pub peer: Option<Peer>,
    /// The request's headers.
    pub headers: HeaderMap,
}

/// Notice about an unreadable cookie.
const UNREADABLE_COOKIE: &str = "Your session is no longer valid. Your agents are not affected. If you confirmed an email address, replace a lost secret to sign in again. Otherwise, create a new agent.";
/// Notice about delayed emails.
const EMAIL_IS_DELAYED: &str =
    "Emails are delayed: the registry’s mail server is not responding. Each email is retried for 24 hours.";

/// Timeouts of one request to the API, and of all attempts.
const TIMEOUTS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(10));

impl<S: Send + Sync> FromRequestParts<S> for Requester {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { peer: parts.extensions.get::<Peer>().copied(), headers: parts.headers.clone() })
    }
}

impl Onboarding {
    /// Creates the state from the operator's settings.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the API's client can't be created.
    pub fn new(current: &Arc<CurrentSite>, config: &Config) -> Result<Self, StartError> {
        let api = Client::builder(config.api.url.as_str())
            .user_agent(concat!("sentryagent-portal/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUTS.0)
            .deadline(TIMEOUTS.1)
            .retries(1)
            .build()?;
        if config.cookies.keys.is_empty() {
            tracing::info!("COOKIE_KEYS is not set: readers are signed out when the portal restarts");
        }
        Ok(Self {
            current: Arc::clone(current),
            api,
            cookies: Arc::new(CookieSeal::new(config)),
            limit: Arc::default(),
            health: HealthCache::default(),
        })
    }

    /// The current snapshot of the site.
    pub fn snapshot(&self) -> Arc<SiteSnapshot> {
        self.current.snapshot()
    }

    /// Client of the API on behalf of a requester, whose IP address the API rate-limits.
    pub fn api_for(&self, requester: &Requester) -> Client {
        match self.client_address(requester) {
            Some(address) => self.api.forwarded_for(address),
            None => self.api.clone(),
        }
    }

    /// The IP address of a requester.
    fn client_address(&self, requester: &Requester) -> Option<IpAddr> {
        let trusted = &self.current.config().listen.trusted_proxies;
        Some(client_address(requester.peer?, &requester.headers, trusted))
    }

    /// The session of a requester.
    pub fn session(&self, requester: &Requester) -> Option<Session> {
        self.cookies.open(&requester.headers)
    }

    /// Notice for a requester whose cookie can't be decrypted. The cookie is not deleted: another portal, or this one
    /// with its key restored, may decrypt it.
    pub fn unreadable_cookie_notice(&self, requester: &Requester) -> Option<&'static str> {
        self.cookies.is_unreadable(&requester.headers).then_some(UNREADABLE_COOKIE)
    }

    /// Notice for a reader who waits for an email, while emails are delayed.
    pub async fn email_delay_notice(&self) -> Option<&'static str> {
        self.health.fetch(&self.api).await.is_email_delayed().then_some(EMAIL_IS_DELAYED)
    }

    /// Counts a form of a requester. Returns a response if the rate limit is exceeded.
    pub fn rate_limit(&self, requester: &Requester) -> Option<Response> {
        let wait = self.limit.take(self.client_address(requester)?).err()?;
        let mut response = PageError::TooMany.into_response();
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        Some(response)
    }

    /// Renders a private page, and sets the cookie if given.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] when rendering fails.
    pub async fn render_page(
        &self,
        view: View,
        status: StatusCode,
        requester: &Requester,
        cookie: Option<HeaderValue>,
    ) -> Result<Response, PageError> {
        let snapshot = self.snapshot();
        let settings = &snapshot.context.settings;
        let has_code = matches!(view.page, Page::Form(_));
        let mut parts = negotiated_parts(settings, view, &requester.headers).await?;
        if has_code {
            // The URL is not sent to other sites. With `no-referrer`, browsers without `Sec-Fetch-Site` would submit
            // the form without an origin to check.
            parts.extra.push((REFERRER_POLICY, HeaderValue::from_static("same-origin")));
        }
        (parts.status, parts.policy) = (status, CachePolicy::NoStore);
        let prepared = PreparedResponse::new(parts, Effort::Quick, settings.is_https);
        Ok(with_cookie(respond(&prepared, &Method::GET, &requester.headers).map(Body::new), cookie))
    }

    /// Redirects to a site path, and sets the cookie if given.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] when the path is no header value.
    pub fn redirect_to(&self, path: &str, cookie: Option<HeaderValue>) -> Result<Response, PageError> {
        self.redirect_to_anchor(path, None, cookie)
    }

    /// Redirects to a heading of a site path, so that the result of a form is in view; without one, to the top.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] when the path is no header value.
    pub fn redirect_to_anchor(
        &self,
        path: &str,
        heading: Option<&str>,
        cookie: Option<HeaderValue>,
    ) -> Result<Response, PageError> {
        let mut to = self.snapshot().context.site.href(path);
        if let Some(heading) = heading {
            to.push('#');
            to.push_str(heading);
        }
        let to = HeaderValue::try_from(to).map_err(|error| PageError::Internal(error.to_string()))?;
        Ok(with_cookie((StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response(), cookie))
    }
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
