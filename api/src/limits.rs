//! How often one may do what: a sliding window over each key's own times.
//!
//! In memory, for one process. [`Limits::take`] is all that others know of it.

mod window;

use std::net::{IpAddr, Ipv6Addr};

use domain::id::{CredentialId, OrganizationId};
use http::{HeaderMap, HeaderValue};
use window::Windows;

use crate::clock::Clock;
use crate::config;
use crate::error::ApiError;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Requests without a token, by household.
    Address(IpAddr),
    /// Requests with one credential.
    Credential(CredentialId),
    /// Requests of one organization.
    Tenant(OrganizationId),
    /// Sign-ups, claims and recoveries, by household.
    Signup(IpAddr),
    /// Sign-ups of a day, by the network that a provider gives out.
    SignupNetwork(IpAddr),
    /// Wrong secrets and codes, by household. A right one is let through: they can't be guessed, and a broken program
    /// must not lock out all that share its address.
    Failure(IpAddr),
    /// Mails of a kind, by the mailbox's key.
    Recipient(&'static str, String),
    /// Reports of agents, by household.
    Report(IpAddr),
    /// Checks of claims, of one organization.
    Check(OrganizationId),
}

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its name in `RateLimit-Policy`.
    pub name: &'static str,
    /// The most in a window.
    pub most: u32,
    /// The window, in seconds.
    pub window_seconds: u32,
}

/// What is left after one was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The limit.
    pub policy: Policy,
    /// How many more at once.
    pub remaining: u32,
    /// Seconds until one more is earned.
    pub reset_seconds: u32,
}

impl Taken {
    /// Says so in an answer's head.
    pub fn tell(self, headers: &mut HeaderMap) {
        let (most, window) = (u64::from(self.policy.most), u64::from(self.policy.window_seconds));
        tell(headers, self.policy.name, most, window, self.remaining, u64::from(self.reset_seconds));
    }
}

/// All limits.
#[derive(Debug)]
pub struct Limits {
    config: config::Limits,
    clock: Clock,
    windows: Windows<Key>,
}

impl Limits {
    /// By what the operator set.
    pub fn new(config: config::Limits, clock: Clock) -> Self {
        Self { config, clock, windows: Windows::default() }
    }

    /// Counts one. Beyond the limit it is refused, and not counted.
    pub fn take(&self, key: Key) -> Result<Taken, ApiError> {
        let policy = self.policy(&key);
        let window_ms = i64::from(policy.window_seconds) * 1000;
        let count = self.windows.take(key.household(), self.clock.now_ms(), window_ms, policy.most);
        let reset_seconds =
            u32::try_from((count.wait_ms + 999).div_euclid(1000).max(1)).unwrap_or(policy.window_seconds);
        if count.is_taken {
            Ok(Taken { policy, remaining: policy.most.saturating_sub(count.used), reset_seconds })
        } else {
            Err(ApiError::RateLimited {
                limit: u64::from(policy.most),
                window_seconds: u64::from(policy.window_seconds),
                retry_after: u64::from(reset_seconds),
                current: u64::from(count.used),
                policy: policy.name,
            })
        }
    }

    /// Forgets keys whose window is empty.
    pub fn sweep(&self) {
        self.windows.sweep(self.clock.now_ms(), i64::from(DAY) * 1000);
    }

    fn policy(&self, key: &Key) -> Policy {
        let (name, most, window_seconds) = match key {
            Key::Address(_) => ("address", self.config.address_per_minute, MINUTE),
            Key::Credential(_) => ("credential", self.config.credential_per_minute, MINUTE),
            Key::Tenant(_) => ("tenant", self.config.tenant_per_minute, MINUTE),
            Key::Signup(_) => ("signup", self.config.signup_per_hour, HOUR),
            Key::Failure(_) => ("failures", self.config.failures_per_hour, HOUR),
            Key::SignupNetwork(_) => ("signup-network", self.config.signup_per_hour.saturating_mul(10), DAY),
            Key::Recipient(..) => ("recipient", self.config.mails_per_hour, HOUR),
            Key::Report(_) => ("reports", self.config.reports_per_hour, HOUR),
            Key::Check(_) => ("checks", self.config.checks_per_hour, HOUR),
        };
        Policy { name, most, window_seconds }
    }
}

/// What a limit counts, by its name.
pub fn counted(policy: &str) -> &'static str {
    match policy {
        "address" => "requests without a token from your address",
        "failures" => "wrong secrets and codes from your address",
        "signup" => "sign-ups, claims and recoveries from your address",
        "signup-network" => "sign-ups from your network",
        "recipient" => "mails to this mailbox",
        "reports" => "reports from your address",
        "checks" => "checks of claims",
        "provisional" => "organizations that nobody has claimed yet, in all",
        _ => "requests",
    }
}

/// What is left, for who is not to find out by being refused (draft-ietf-httpapi-ratelimit-headers).
pub fn tell(headers: &mut HeaderMap, policy: &str, most: u64, window_seconds: u64, remaining: u32, reset_seconds: u64) {
    for (header, value) in [
        ("ratelimit-policy", format!("\"{policy}\";q={most};w={window_seconds}")),
        ("ratelimit", format!("\"{policy}\";r={remaining};t={reset_seconds}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
}

const MINUTE: u32 = 60;
const HOUR: u32 = 3600;
const DAY: u32 = 86_400;

impl Key {
    /// A household has a network of IPv6 addresses (RFC 6177): they count as one.
    fn household(self) -> Self {
        match self {
            Self::Address(address) => Self::Address(network(address)),
            Self::Signup(address) => Self::Signup(network(address)),
            Self::SignupNetwork(address) => Self::SignupNetwork(provided(address)),
            Self::Failure(address) => Self::Failure(network(address)),
            Self::Report(address) => Self::Report(network(address)),
            other => other,
        }
    }
}

/// A /48 of IPv6, a /24 of IPv4: what one customer of a provider may have at most without anybody looking.
fn provided(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            IpAddr::from([a, b, c, 0])
        }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        IpAddr::V4(_) => address,
    }
}
