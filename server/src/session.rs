//! What a reader's browser keeps for the portal: one cookie with the handle of a session of the API, and how far the reader
//! has come.
//!
//! It is sealed (AES-256-GCM): whoever has it can neither read nor change it. It holds no secret of a client, and ends with
//! the session, which its owner can end anywhere.

use std::time::Duration;

use client::{AgentId, CredentialId, Secret};
use cookie::{Cookie, CookieJar, Key, SameSite};
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::PageError;

/// How long browsers keep it, unless it is set anew. The API decides how long the session lasts.
const LIFE: Duration = Duration::from_hours(30 * 24);
/// Its name, and the one it has where no other host and no other path may set it (RFC 6265bis, section 4.1.3.2).
const NAMES: (&str, &str) = ("session", "__Host-session");

/// What the cookie holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// What the API knows the session by.
    pub handle: Secret,
    /// The agent that was made first.
    pub agent: Option<AgentId>,
    /// A credential whose secret was not shown yet.
    pub unseen: Option<Unseen>,
    /// What a provisional organization is claimed with.
    pub claim_code: Option<Secret>,
    /// The address that a mail was sent to, until it is confirmed.
    pub mailed: Option<String>,
    /// When that was asked for.
    pub mailed_at: Option<Timestamp>,
}

/// How a secret is had once more: with the key and the handle, the API answers again what it answered when it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unseen {
    /// The `Idempotency-Key` that it was made with.
    pub key: Secret,
    /// Whose it is.
    pub agent: AgentId,
    /// The credential whose place it took, if it took one's.
    pub replaced: Option<CredentialId>,
}

impl Session {
    /// A session of which nothing else is known.
    pub fn new(handle: Secret) -> Self {
        Self { handle, agent: None, unseen: None, claim_code: None, mailed: None, mailed_at: None }
    }
}

/// Seals cookies and opens them.
#[derive(Clone)]
pub struct Seal {
    /// The first one seals, all of them open.
    keys: Vec<Key>,
    name: &'static str,
    path: String,
    is_secure: bool,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Seal").field("name", &self.name).field("path", &self.path).finish_non_exhaustive()
    }
}

impl Seal {
    /// One with the operator's keys; without any, with one of its own, which ends with the process.
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

    /// The session of a request, if it has one that this seal, or an older one, made.
    pub fn open(&self, headers: &HeaderMap) -> Option<Session> {
        let jar = self.jar(headers);
        let opened = self.keys.iter().find_map(|key| jar.private(key).get(self.name))?;
        serde_json::from_str(opened.value()).ok()
    }

    /// Whether a request has a cookie of this name that can't be opened: it was changed, or its key is not here.
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

    /// What sets the cookie.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] where it can't be written.
    pub fn set(&self, session: &Session) -> Result<HeaderValue, PageError> {
        let text = serde_json::to_string(session).map_err(|error| PageError::Internal(error.to_string()))?;
        let life = LIFE.try_into().map_err(|_| PageError::Internal("the cookie's life is too long".to_owned()))?;
        let mut jar = CookieJar::new();
        jar.private_mut(&self.keys[0]).add(self.cookie(text).max_age(life).build());
        self.written(&jar)
    }

    /// What takes the cookie away.
    ///
    /// # Errors
    ///
    /// [`PageError::Internal`] where it can't be written.
    pub fn clear(&self) -> Result<HeaderValue, PageError> {
        let mut jar = CookieJar::new();
        jar.add(self.cookie(String::new()).removal().build());
        self.written(&jar)
    }

    fn cookie(&self, text: String) -> cookie::CookieBuilder<'static> {
        Cookie::build((self.name, text))
            .path(self.path.clone())
            .http_only(true)
            .secure(self.is_secure)
            // Links in mails lead here from elsewhere: they have to find the session.
            .same_site(SameSite::Lax)
    }

    fn written(&self, jar: &CookieJar) -> Result<HeaderValue, PageError> {
        let text = jar.get(self.name).map(|cookie| cookie.encoded().to_string()).unwrap_or_default();
        let mut value = HeaderValue::try_from(text).map_err(|error| PageError::Internal(error.to_string()))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(keys: &[&str], is_secure: bool, path: &str) -> Seal {
        let keys = keys.iter().map(|key| Key::derive_from(key.repeat(32).as_bytes())).collect();
        let name = if is_secure && path == "/" { NAMES.1 } else { NAMES.0 };
        Seal { keys, name, path: path.to_owned(), is_secure }
    }

    /// What a browser sends back of a `Set-Cookie`.
    fn sent(set: &HeaderValue) -> HeaderMap {
        let pair = set.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let other = format!("theme=dark; {pair}; x=y");
        [(COOKIE, HeaderValue::try_from(other).expect("a header"))].into_iter().collect()
    }

    fn session() -> Session {
        Session {
            unseen: Some(Unseen { key: "key".into(), agent: AgentId(client::Uuid::nil()), replaced: None }),
            mailed: Some("ana@example.com".into()),
            ..Session::new("ssession_1".into())
        }
    }

    #[test]
    fn what_was_sealed_is_opened_by_a_newer_set_of_keys_and_by_nobody_else() {
        let set = seal(&["a"], true, "/").set(&session()).expect("a cookie");
        let text = set.to_str().expect("ASCII");
        assert!(text.starts_with("__Host-session=") && text.ends_with("Path=/; Max-Age=2592000"), "{text}");
        assert!(text.contains("; HttpOnly; SameSite=Lax; Secure;"), "{text}");
        assert!(!text.contains("ssession") && !text.contains("ana"), "{text}");
        let opened = seal(&["b", "a"], true, "/").open(&sent(&set)).expect("a session");
        assert_eq!((opened.handle.reveal(), opened.mailed.as_deref()), ("ssession_1", Some("ana@example.com")));
        assert!(seal(&["b"], true, "/").open(&sent(&set)).is_none());
        assert!(
            seal(&["b"], true, "/").is_unreadable(&sent(&set)) && !seal(&["a"], true, "/").is_unreadable(&sent(&set))
        );
        assert!(seal(&["a"], false, "/").open(&sent(&set)).is_none());
    }

    #[test]
    fn a_cookie_that_was_changed_is_none() {
        let seal = seal(&["a"], false, "/developers");
        let set = seal.set(&session()).expect("a cookie");
        let text = set.to_str().expect("ASCII");
        assert!(text.starts_with("session=") && text.contains("; Path=/developers;") && !text.contains("Secure"));
        for at in ["session=".len(), "session=".len() + 40] {
            let mut other = text.as_bytes().to_vec();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            let other = HeaderValue::from_bytes(&other).expect("a header");
            assert!(seal.open(&sent(&other)).is_none() && seal.is_unreadable(&sent(&other)));
        }
        assert!(seal.open(&HeaderMap::new()).is_none() && !seal.is_unreadable(&HeaderMap::new()));
        assert!(seal.clear().expect("a cookie").to_str().expect("ASCII").contains("Max-Age=0"));
    }
}
