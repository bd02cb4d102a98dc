//! Claims: statements of an organization about itself or an agent, with their verification.
//!
//! A claim stores a dated, successful check that expires. Checks look for a DNS record or file that only the domain's
//! owner can publish, a signature that only the key's holder can create, or a file that only a committer of the
//! repository can add.

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

use super::agent::TextForm;
use super::field::{InvalidValue, invalid, sanitize};
#[cfg(feature = "crypto")]
pub use nonce::generate_nonce;

/// Maximum number of claims per organization.
pub const MAX_CLAIMS: u64 = 20;
/// Consecutive failed daily checks after which a claim expires.
pub const MAX_FAILURES: i32 = 3;
/// Interval of the daily checks, in milliseconds.
pub const RECHECK_MS: i64 = DAY_MS;
/// Maximum length of quoted foreign text in a finding, in characters.
const MAX_QUOTED: usize = 200;
const DAY_MS: i64 = 86_400_000;

/// Kind of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// Domain.
    Domain,
    /// Public key of an agent.
    Key,
    /// Repository.
    Repository,
}

/// State of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimState {
    /// Not verified yet.
    Pending,
    /// Verified.
    Valid,
    /// Verification expired.
    Expired,
}

/// Method of a successful check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", schema(as = ClaimMethod))]
pub enum Method {
    /// TXT record.
    Dns,
    /// File under `/.well-known/`.
    WellKnown,
    /// Signature.
    Signature,
    /// File in the repository.
    File,
}

impl TextForm for ClaimKind {
    const TEXTS: &'static [(Self, &'static str)] =
        &[(Self::Domain, "domain"), (Self::Key, "key"), (Self::Repository, "repository")];
}

impl TextForm for ClaimState {
    const TEXTS: &'static [(Self, &'static str)] =
        &[(Self::Pending, "pending"), (Self::Valid, "valid"), (Self::Expired, "expired")];
}

impl TextForm for Method {
    const TEXTS: &'static [(Self, &'static str)] =
        &[(Self::Dns, "dns"), (Self::WellKnown, "well-known"), (Self::Signature, "signature"), (Self::File, "file")];
}

impl ClaimKind {
    /// Returns the lifetime of a successful check, in milliseconds.
    pub fn lifetime_ms(self) -> i64 {
        match self {
            Self::Domain | Self::Repository => 30 * DAY_MS,
            Self::Key => 7 * DAY_MS,
        }
    }

    /// Returns true if the service can repeat the check. A key needs a signature over a new nonce each time.
    pub fn is_rechecked(self) -> bool {
        self != Self::Key
    }
}

/// Returns the DNS names that are queried for the TXT record, preferred one first.
pub fn txt_names(domain: &str) -> [String; 2] {
    [format!("_sentryagent-claim.{domain}"), domain.to_owned()]
}

/// Returns the value of the TXT record that verifies a domain.
pub fn txt_value(nonce: &str) -> String {
    format!("sentryagent-claim={nonce}")
}

/// Returns the URL of the file that verifies a domain.
pub fn well_known_url(domain: &str) -> String {
    format!("https://{domain}/.well-known/sentryagent-claim")
}

/// Returns true if a file contains the nonce on a line of its own.
pub fn contains_nonce(file: &str, nonce: &str) -> bool {
    file.lines().any(|line| line.trim() == nonce)
}

/// Describes TXT records without the expected value: found and expected.
pub fn describe_records(name: &str, found: &[String], nonce: &str) -> String {
    let expected = txt_value(nonce);
    match found.len() {
        0 => format!("{name} has no TXT record; expected {expected}"),
        1 => format!("The TXT record of {name} has another value; expected {expected}"),
        count => format!("None of the {count} TXT records of {name} is the expected {expected}"),
    }
}

/// Describes a file without the expected line: found and expected.
pub fn describe_file(url: &str, found: &str, nonce: &str) -> String {
    let found = if found.trim().is_empty() { "nothing".to_owned() } else { sanitize(found.trim(), MAX_QUOTED) };
    format!("{url} contains: {found}; expected a line {nonce}")
}

/// Result of a successful check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Method.
    pub method: Method,
    /// URL of the public evidence.
    pub evidence_url: String,
}

/// Result of a failed check: found and expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The initiator of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckedBy {
    /// Actor of the organization.
    Actor,
    /// Daily job.
    Job,
}

/// State of a claim with its consecutive failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimProgress {
    /// State.
    pub state: ClaimState,
    /// Consecutive failed daily checks.
    pub failures: i32,
}

impl ClaimProgress {
    /// Returns the progress after a check. Failures of checks that an actor requests don't count: three failures are
    /// meant to be three days.
    #[must_use]
    pub fn after_check(self, is_verified: bool, by: CheckedBy) -> Self {
        match (is_verified, by, self.state) {
            (true, ..) => Self { state: ClaimState::Valid, failures: 0 },
            (false, CheckedBy::Job, ClaimState::Valid) => {
                let failures = self.failures + 1;
                let state = if failures >= MAX_FAILURES { ClaimState::Expired } else { ClaimState::Valid };
                Self { state, failures }
            }
            (false, ..) => self,
        }
    }
}

/// Returns the state at a time: a claim past its expiry is expired, even before the expiry is recorded.
pub fn effective_state(state: ClaimState, expires_at: Option<i64>, now: i64) -> ClaimState {
    match state {
        ClaimState::Valid if expires_at.is_none_or(|end| end <= now) => ClaimState::Expired,
        other => other,
    }
}

/// Parses a kind.
pub fn parse_kind(text: Option<&str>) -> Result<ClaimKind, InvalidValue> {
    match text {
        Some(text) => ClaimKind::parse(text),
        None => invalid("is required: domain, key or repository"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_expires_after_three_consecutive_daily_failures_only() {
        let valid = ClaimProgress { state: ClaimState::Valid, failures: 0 };
        let twice = valid
            .after_check(false, CheckedBy::Job)
            .after_check(false, CheckedBy::Actor)
            .after_check(false, CheckedBy::Job);
        assert_eq!(twice, ClaimProgress { state: ClaimState::Valid, failures: 2 });
        assert_eq!(twice.after_check(false, CheckedBy::Job).state, ClaimState::Expired);
        assert_eq!(twice.after_check(true, CheckedBy::Job), valid, "a success resets the count");
        assert_eq!(
            twice.after_check(false, CheckedBy::Job).after_check(true, CheckedBy::Actor),
            valid,
            "it can be verified again"
        );
        let pending = ClaimProgress { state: ClaimState::Pending, failures: 0 };
        assert_eq!(pending.after_check(false, CheckedBy::Actor), pending);
    }

    #[test]
    fn a_claim_past_its_expiry_is_expired_before_it_is_recorded() {
        assert_eq!(effective_state(ClaimState::Valid, Some(10), 9), ClaimState::Valid);
        assert_eq!(effective_state(ClaimState::Valid, Some(10), 10), ClaimState::Expired);
        assert_eq!(effective_state(ClaimState::Pending, None, 10), ClaimState::Pending);
    }

    #[test]
    fn a_nonce_is_on_a_line_of_its_own() {
        let nonce = generate_nonce().expect("randomness");
        assert_eq!(nonce.len(), 32);
        assert!(contains_nonce(&format!("other\r\n  {nonce}\r\nlast"), &nonce));
        for other in [format!("x{nonce}"), format!("{nonce} x"), String::new(), nonce[1..].to_owned()] {
            assert!(!contains_nonce(&other, &nonce), "{other}");
        }
    }

    #[test]
    fn findings_are_short_and_plain() {
        let text = describe_records("a.example", &["secret".to_owned()], "n");
        assert_eq!(text, "The TXT record of a.example has another value; expected sentryagent-claim=n");
        assert_eq!(
            describe_records("a.example", &[], "n"),
            "a.example has no TXT record; expected sentryagent-claim=n"
        );
        assert_eq!(describe_file("u", " \n", "n"), "u contains: nothing; expected a line n");
    }
}
