//! Sign-up in the portal: what its pages and forms have in common.

mod begun;
mod refusal;
mod told;

use std::convert::Infallible;
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
use uuid::Uuid;

use crate::config::Config;
use crate::edge::answer::answer;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::{PageError, StartError};
use crate::generation::Generation;
use crate::limits::ByAddress;
use crate::live::Live;
use crate::middleware::client_address::{Peer, client_address};
use crate::routes::status::LastHealth;
use crate::session::{Seal, Session};

pub use begun::{Progress, begun, first_call, shown, unseen};
pub use refusal::{Refused, refused};
pub use told::{Kept, Told};

/// Quickest that a person fills the first form, in milliseconds.
const QUICKEST: u64 = 1_500;

/// What the handlers are given.
#[derive(Clone, Debug)]
pub struct Onboarding {
    /// The site.
    pub live: Arc<Live>,
    /// The API, asked by nobody in particular.
    pub api: Client,
    /// Opens and seals cookies.
    pub seal: Arc<Seal>,
    /// How often one address may send a form.
    pub limit: Arc<ByAddress>,
    /// What the API last said of itself.
    pub health: LastHealth,
}

/// Who sends: the other end of the connection, and what the request says.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The other end.
    pub peer: Option<Peer>,
    /// The request's headers.
    pub headers: HeaderMap,
}

/// Said where a cookie can't be opened.
const UNREAD: &str = "Your session is no longer valid. Your agents are not affected. If you confirmed an email address, replace a lost secret to sign in again. Otherwise, create a new agent.";
/// Said where somebody waits for a mail.
const MAIL_IS_LATE: &str =
    "Emails are delayed: the registry’s mail server is not responding. Each email is retried for 1 hour.";

/// How long a form waits for one answer of the API, and for all of them.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(10));

impl<S: Send + Sync> FromRequestParts<S> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { peer: parts.extensions.get::<Peer>().copied(), headers: parts.headers.clone() })
    }
}

impl Onboarding {
    /// With the API and the keys that the operator named.
    ///
    /// # Errors
    ///
    /// Where the API's client can't be made.
    pub fn new(live: &Arc<Live>, config: &Config) -> Result<Self, StartError> {
        let api = Client::builder(config.api.url.as_str())
            .user_agent(concat!("sentryagent-portal/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE.0)
            .deadline(PATIENCE.1)
            .retries(1)
            .build()?;
        if config.cookies.keys.is_empty() {
            tracing::info!("COOKIE_KEYS is not set: readers are signed out when the portal restarts");
        }
        Ok(Self {
            live: Arc::clone(live),
            api,
            seal: Arc::new(Seal::new(config)),
            limit: Arc::default(),
            health: LastHealth::default(),
        })
    }

    /// The site as it is now.
    pub fn generation(&self) -> Arc<Generation> {
        self.live.current()
    }

    /// The API, asked on behalf of a sender: it limits by the sender's address.
    pub fn api_for(&self, sender: &Sender) -> Client {
        let generation = self.generation();
        let trusted = &generation.config.listen.trusted_proxies;
        match sender.peer {
            Some(peer) => self.api.forwarded_for(client_address(peer, &sender.headers, trusted)),
            None => self.api.clone(),
        }
    }

    /// The session that a sender shows.
    pub fn session(&self, sender: &Sender) -> Option<Session> {
        self.seal.open(&sender.headers)
    }

    /// What a sender without a session is told, where its cookie can't be opened. The cookie stays: another portal, or this
    /// one with its key again, may open it.
    pub fn unread(&self, sender: &Sender) -> Option<&'static str> {
        self.seal.is_unreadable(&sender.headers).then_some(UNREAD)
    }

    /// What who waits for a mail is told, where mails leave late.
    pub async fn mail_note(&self) -> Option<&'static str> {
        self.health.now(&self.api).await.is_mail_late().then_some(MAIL_IS_LATE)
    }

    /// Counts a form of a sender; how long to wait, where it was one too many.
    pub fn too_many(&self, sender: &Sender) -> Option<Response> {
        let generation = self.generation();
        let address = client_address(sender.peer?, &sender.headers, &generation.config.listen.trusted_proxies);
        let wait = self.limit.take(address).err()?;
        let mut response = PageError::TooMany.into_response();
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        Some(response)
    }

    /// A page that is one reader's own, with what becomes of the cookie.
    pub async fn page(
        &self,
        view: View,
        status: StatusCode,
        sender: &Sender,
        cookie: Option<HeaderValue>,
    ) -> Result<Response, PageError> {
        let generation = self.generation();
        let has_code = matches!(view.page, Page::Form(_));
        let mut draft = generation.draft_for(view, &sender.headers).await?;
        if has_code {
            // No other site learns the address. With no-referrer, browsers that send no Sec-Fetch-Site would send the form
            // without an origin that could be checked.
            draft.extra.push((REFERRER_POLICY, HeaderValue::from_static("same-origin")));
        }
        (draft.status, draft.policy) = (status, CachePolicy::NoStore);
        let finished = Finished::new(draft, Effort::Quick, generation.config.is_https());
        let mut response = answer(&finished, &Method::GET, &sender.headers).map(Body::new);
        if let Some(cookie) = cookie {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// Leads on to a site path, with what becomes of the cookie.
    pub fn lead_to(&self, path: &str, cookie: Option<HeaderValue>) -> Result<Response, PageError> {
        self.lead_below(path, None, cookie)
    }

    /// Leads on to a heading of a site path, so that what became of a form is in sight; without one, to its top.
    pub fn lead_below(
        &self,
        path: &str,
        heading: Option<&str>,
        cookie: Option<HeaderValue>,
    ) -> Result<Response, PageError> {
        let mut to = self.generation().site.href(path);
        if let Some(heading) = heading {
            to.push('#');
            to.push_str(heading);
        }
        let to = HeaderValue::try_from(to).map_err(|error| PageError::Internal(error.to_string()))?;
        let mut response = (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response();
        if let Some(cookie) = cookie {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(response)
    }
}

/// A new key for a form: it is random, and says when the form was drawn.
pub fn form_key() -> String {
    Uuid::now_v7().to_string()
}

/// A form's key, as it came back; none if it is not one of ours.
pub fn read_key(text: &str) -> Option<Uuid> {
    let key: Uuid = text.parse().ok()?;
    (key.get_version_num() == 7 && key.to_string() == text).then_some(key)
}

/// Whether a form came back sooner than a person fills it.
pub fn is_too_quick(key: Uuid) -> bool {
    let Some(drawn) = key.get_timestamp() else { return true };
    let (seconds, nanoseconds) = drawn.to_unix();
    let drawn = seconds * 1000 + u64::from(nanoseconds) / 1_000_000;
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    now < drawn + QUICKEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_when_its_form_was_drawn() {
        let key = read_key(&form_key()).expect("a key");
        assert!(is_too_quick(key));
        let earlier = uuid::Timestamp::from_unix_time(1_700_000_000, 0, 0, 0);
        assert!(!is_too_quick(Uuid::new_v7(earlier)));
        for other in ["", "x", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"] {
            assert_eq!(read_key(other), None, "{other}");
        }
    }
}
