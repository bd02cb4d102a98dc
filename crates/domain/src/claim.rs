//! Claims: what an organization says of itself or of an agent, and what proves it.
//!
//! A claim is a stored, dated, successful check with an end. What is checked: a record or a file that only the domain's
//! owner can publish, a signature that only the key's holder can make, a file that only who writes to the repository
//! can put there.

pub mod host;
#[cfg(feature = "crypto")]
pub mod key;
#[cfg(feature = "crypto")]
mod nonce;
pub mod repository;
#[cfg(feature = "crypto")]
mod target;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::agent::Word;
use super::field::{Refusal, refuse, shown};
#[cfg(feature = "crypto")]
pub use nonce::nonce;

/// Most claims of an organization.
pub const MOST: u64 = 20;
/// Daily checks that fail in a row until a claim expires.
pub const MOST_FAILURES: i32 = 3;
/// How long after a check the next one of ours comes, in milliseconds.
pub const RECHECK_MS: i64 = DAY_MS;
/// Most characters of others' text in what a check found.
const SHOWN: usize = 200;
const DAY_MS: i64 = 86_400_000;

/// What is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// A domain.
    Domain,
    /// One of an agent's public keys.
    Key,
    /// A repository.
    Repository,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimState {
    /// Nothing has been proved yet.
    Pending,
    /// It was proved, and the proof holds.
    Valid,
    /// It was proved once.
    Expired,
}

/// How a check found it proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", schema(as = ClaimMethod))]
pub enum Method {
    /// A TXT record.
    Dns,
    /// A file below `/.well-known/`.
    WellKnown,
    /// A signature.
    Signature,
    /// A file in the repository.
    File,
}

impl Word for ClaimKind {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Domain, "domain"), (Self::Key, "key"), (Self::Repository, "repository")];
}

impl Word for ClaimState {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Pending, "pending"), (Self::Valid, "valid"), (Self::Expired, "expired")];
}

impl Word for Method {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Dns, "dns"), (Self::WellKnown, "well-known"), (Self::Signature, "signature"), (Self::File, "file")];
}

impl ClaimKind {
    /// How long a check holds, in milliseconds.
    pub fn lifetime_ms(self) -> i64 {
        match self {
            Self::Domain | Self::Repository => 30 * DAY_MS,
            Self::Key => 7 * DAY_MS,
        }
    }

    /// Whether we can check it again by ourselves. A key is proved by a signature over a nonce of its own each time.
    pub fn is_rechecked(self) -> bool {
        self != Self::Key
    }
}

/// The names whose TXT record proves a domain, the preferred one first.
pub fn txt_names(domain: &str) -> [String; 2] {
    [format!("_sentryagent-claim.{domain}"), domain.to_owned()]
}

/// The TXT record that proves a domain.
pub fn txt_value(nonce: &str) -> String {
    format!("sentryagent-claim={nonce}")
}

/// The file that proves a domain.
pub fn well_known(domain: &str) -> String {
    format!("https://{domain}/.well-known/sentryagent-claim")
}

/// Whether a file holds the nonce, on a line of its own.
pub fn holds(file: &str, nonce: &str) -> bool {
    file.lines().any(|line| line.trim() == nonce)
}

/// That TXT records are not the ones: what was found, and what was expected.
pub fn other_records(name: &str, found: &[String], nonce: &str) -> String {
    let told = if found.is_empty() { "none".to_owned() } else { shown(&found.join(" | "), SHOWN) };
    format!("the TXT records of {name} are: {told}; expected {}", txt_value(nonce))
}

/// That a file is not the one: what was found, and what was expected.
pub fn other_file(url: &str, found: &str, nonce: &str) -> String {
    let told = if found.trim().is_empty() { "nothing".to_owned() } else { shown(found.trim(), SHOWN) };
    format!("{url} holds: {told}; expected a line {nonce}")
}

/// What a check proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// How.
    pub method: Method,
    /// Where others see it.
    pub evidence_url: String,
}

/// What a check did not prove: what was found, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Who checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody of the organization.
    Caller,
    /// The daily job.
    Job,
}

/// How far a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: ClaimState,
    /// Daily checks that failed in a row.
    pub failures: i32,
}

impl Standing {
    /// What becomes of it after a check. Failures of callers don't count: three are meant to be three days.
    #[must_use]
    pub fn after(self, is_proved: bool, by: By) -> Self {
        match (is_proved, by, self.state) {
            (true, ..) => Self { state: ClaimState::Valid, failures: 0 },
            (false, By::Job, ClaimState::Valid) => {
                let failures = self.failures + 1;
                let state = if failures >= MOST_FAILURES { ClaimState::Expired } else { ClaimState::Valid };
                Self { state, failures }
            }
            (false, ..) => self,
        }
    }
}

/// How a claim stands at a time: one whose end has come is expired, whether or not it was written down.
pub fn state_at(state: ClaimState, expires_at: Option<i64>, now: i64) -> ClaimState {
    match state {
        ClaimState::Valid if expires_at.is_none_or(|end| end <= now) => ClaimState::Expired,
        other => other,
    }
}

/// Reads a kind.
pub fn kind(text: Option<&str>) -> Result<ClaimKind, Refusal> {
    match text {
        Some(text) => ClaimKind::read(text),
        None => refuse("is missing: domain, key or repository"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_expires_by_its_third_daily_failure_in_a_row_and_by_no_callers() {
        let valid = Standing { state: ClaimState::Valid, failures: 0 };
        let twice = valid.after(false, By::Job).after(false, By::Caller).after(false, By::Job);
        assert_eq!(twice, Standing { state: ClaimState::Valid, failures: 2 });
        assert_eq!(twice.after(false, By::Job).state, ClaimState::Expired);
        assert_eq!(twice.after(true, By::Job), valid, "a success begins anew");
        assert_eq!(twice.after(false, By::Job).after(true, By::Caller), valid, "it can be proved again");
        let pending = Standing { state: ClaimState::Pending, failures: 0 };
        assert_eq!(pending.after(false, By::Caller), pending);
    }

    #[test]
    fn what_is_over_is_expired_before_anybody_notes_it() {
        assert_eq!(state_at(ClaimState::Valid, Some(10), 9), ClaimState::Valid);
        assert_eq!(state_at(ClaimState::Valid, Some(10), 10), ClaimState::Expired);
        assert_eq!(state_at(ClaimState::Pending, None, 10), ClaimState::Pending);
    }

    #[test]
    fn a_nonce_stands_on_a_line_of_its_own() {
        let nonce = nonce().expect("chance");
        assert_eq!(nonce.len(), 32);
        assert!(holds(&format!("other\r\n  {nonce}\r\nlast"), &nonce));
        for other in [format!("x{nonce}"), format!("{nonce} x"), String::new(), nonce[1..].to_owned()] {
            assert!(!holds(&other, &nonce), "{other}");
        }
    }

    #[test]
    fn what_was_found_is_told_short_and_plain() {
        let told = other_records("a.example", &["x\u{1b}[31m".repeat(100)], "n");
        assert!(told.starts_with("the TXT records of a.example are: x?[31m"), "{told}");
        assert!(told.ends_with("...; expected sentryagent-claim=n") && told.len() < 300, "{told}");
        assert_eq!(other_file("u", " \n", "n"), "u holds: nothing; expected a line n");
    }
}
