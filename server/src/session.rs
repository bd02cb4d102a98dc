//! The session cookie: the handle of a session of the API, and the state of a sign-up.
//!
//! The cookie is encrypted (AES-256-GCM): a browser can neither read nor modify its content. It contains no client
//! secret, and becomes worthless with the session, which its owner can revoke anywhere.

use std::time::Duration;

use client::{AgentId, Secret};
use cookie::{Cookie, CookieJar, Key, SameSite};
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use site::view::onboarding::EmailStatus;

use crate::config::Config;
use crate::error::PageError;

/// Lifetime of the cookie, unless renewed. The API determines the lifetime of the session.
const LIFETIME: Duration = Duration::from_hours(30 * 24);
/// Name of the cookie, and its name over https at the root of a host, where no other host or path can set it (RFC
/// 6265bis, section 4.1.3.2).
const NAMES: (&str, &str) = ("session", "__Host-session");

/// The content of the cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// The session's handle.
    pub handle: Secret,
    /// The first agent.
    pub agent: Option<AgentId>,
    /// The code that claims a provisional organization.
    pub claim_code: Option<Secret>,
    /// The email address of the last verification email, until verified.
    #[serde(rename = "mailed")]
    pub emailed: Option<String>,
    /// Time of the last verification email.
    #[serde(rename = "mailed_at")]
    pub emailed_at: Option<Timestamp>,
}

impl Session {
    /// The state of the verification email.
    pub fn email_status(&self) -> EmailStatus<'_> {
        EmailStatus {
            is_claimable: self.claim_code.is_some(),
            address: self.emailed.as_deref(),
            sent_at: self.emailed_at,
        }
    }

    /// Creates a session without further state.
    pub fn new(handle: Secret) -> Self {
        Self { handle, agent: None, claim_code: None, emailed: None, emailed_at: None }
    }
}

/// Encrypts and decrypts cookies.
#[derive(Clone)]
pub struct CookieSeal {
    /// The first key encrypts, all keys decrypt.
    keys: Vec<Key>,
    name: &'static str,
    path: String,
    is_secure: bool,
}

impl std::fmt::Debug for CookieSeal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CookieSeal").field("name", &self.name).field("path", &self.path).finish_non_exhaustive()
    }
}

impl CookieSeal {
    /// Creates a seal with the operator's keys; without any, with a key for the lifetime of the process.
    pub fn new(config: &Config) -> Self {
        let mut keys: Vec<Key> = config.cookies.keys.iter().map(|key| Key::derive_from(key.bytes())).collect();
        if keys.is_empty() {
            keys.push(Key::generate());
        }
        let (is_secure, base) = (config.is_https(), config.public.base_path.as_str());
        let name = if is_secure && base.is_empty() { NAMES.1 } else { NAMES.0 };
        let path = if base.is_empty() { "/".to_owned() } else { base.to_owned() };
        Self { keys, name, path, is_secure }
    }

    /// Decrypts the session of a request, encrypted with any of the keys.
    pub fn open(&self, headers: &HeaderMap) -> Option<Session> {
        let jar = self.jar(headers);
        let opened = self.keys.iter().find_map(|key| jar.private(key).get(self.name))?;
        serde_json::from_str(opened.value()).ok()
    }

    /// Returns true for a cookie that can't be decrypted: it was modified, or its key is unknown.
    pub fn is_unreadable(&self, headers: &HeaderMap) -> bool {
        self.jar(headers).get(self.name).is_some() && self.open(headers).is_none()
    }

    /// The cookies of this name.
    fn jar(&self, headers: &HeaderMap) -> CookieJar {
        let mut jar = CookieJar::new();
        for text in headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            for cookie in
                Cookie::split_parse_encoded(text.to_owned()).flatten().filter(|cookie| cookie.name() == self.name)
            {
                jar.add_original(cookie);
            }
        }
        jar
    }

    /// Builds the header that sets the cookie.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] when the cookie can't be written.
    pub fn set(&self, session: &Session) -> Result<HeaderValue, PageError> {
        let text = serde_json::to_string(session).map_err(|error| PageError::Internal(error.to_string()))?;
        let life = LIFETIME.try_into().map_err(|_| PageError::Internal("the cookie's life is too long".to_owned()))?;
        let mut jar = CookieJar::new();
        jar.private_mut(&self.keys[0]).add(self.cookie(text).max_age(life).build());
        self.header_value(&jar)
    }

    /// Builds the header that deletes the cookie.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] when the cookie can't be written.
    pub fn clear(&self) -> Result<HeaderValue, PageError> {
        let mut jar = CookieJar::new();
        jar.add(self.cookie(String::new()).removal().build());
        self.header_value(&jar)
    }

    fn cookie(&self, text: String) -> cookie::CookieBuilder<'static> {
        Cookie::build((self.name, text))
            .path(self.path.clone())
            .http_only(true)
            .secure(self.is_secure)
            // Links in emails are cross-site navigations and need the session.
            .same_site(SameSite::Lax)
    }

    fn header_value(&self, jar: &CookieJar) -> Result<HeaderValue, PageError> {
        let text = jar.get(self.name).map(|cookie| cookie.encoded().to_string()).unwrap_or_default();
        let mut value = HeaderValue::try_from(text).map_err(|error| PageError::Internal(error.to_string()))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(keys: &[&str], is_secure: bool, path: &str) -> CookieSeal {
        let keys = keys.iter().map(|key| Key::derive_from(key.repeat(32).as_bytes())).collect();
        let name = if is_secure && path == "/" { NAMES.1 } else { NAMES.0 };
        CookieSeal { keys, name, path: path.to_owned(), is_secure }
    }

    /// Builds the `Cookie` header that a browser sends after a `Set-Cookie`.
    fn sent_back(set: &HeaderValue) -> HeaderMap {
        let pair = set.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let other = format!("theme=dark; {pair}; x=y");
        [(COOKIE, HeaderValue::try_from(other).expect("a header"))].into_iter().collect()
    }

    fn session() -> Session {
        Session { emailed: Some("ana@example.com".into()), ..Session::new("ssession_1".into()) }
    }

    #[test]
    fn a_sealed_session_opens_after_key_rotation_and_not_with_other_keys() {
        let set = seal(&["a"], true, "/").set(&session()).expect("a cookie");
        let text = set.to_str().expect("ASCII");
        assert!(text.starts_with("__Host-session=") && text.ends_with("Path=/; Max-Age=2592000"), "{text}");
        assert!(text.contains("; HttpOnly; SameSite=Lax; Secure;"), "{text}");
        assert!(!text.contains("ssession") && !text.contains("ana"), "{text}");
        let opened = seal(&["b", "a"], true, "/").open(&sent_back(&set)).expect("a session");
        assert_eq!((opened.handle.reveal(), opened.emailed.as_deref()), ("ssession_1", Some("ana@example.com")));
        assert!(seal(&["b"], true, "/").open(&sent_back(&set)).is_none());
        assert!(
            seal(&["b"], true, "/").is_unreadable(&sent_back(&set))
                && !seal(&["a"], true, "/").is_unreadable(&sent_back(&set))
        );
        assert!(seal(&["a"], false, "/").open(&sent_back(&set)).is_none());
    }

    #[test]
    fn a_modified_cookie_is_unreadable() {
        let seal = seal(&["a"], false, "/developers");
        let set = seal.set(&session()).expect("a cookie");
        let text = set.to_str().expect("ASCII");
        assert!(text.starts_with("session=") && text.contains("; Path=/developers;") && !text.contains("Secure"));
        // Not within a percent-encoding, which would make the cookie unparsable instead.
        let start = "session=".len();
        let is_plain = |at: &usize| !text[*at - 2..=*at].contains('%');
        for at in [start, (start + 40..text.len()).find(is_plain).expect("a letter")] {
            let mut other = text.as_bytes().to_vec();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            let other = HeaderValue::from_bytes(&other).expect("a header");
            assert!(seal.open(&sent_back(&other)).is_none() && seal.is_unreadable(&sent_back(&other)));
        }
        assert!(seal.open(&HeaderMap::new()).is_none() && !seal.is_unreadable(&HeaderMap::new()));
        assert!(seal.clear().expect("a cookie").to_str().expect("ASCII").contains("Max-Age=0"));
    }
}
