//! Rate limits: a policy for each kind of event, a sliding window for each key.
//!
//! In memory, for one process. Handlers and layers call [`Limits::take`] alone.

use std::net::IpAddr;
use std::time::Duration;

use domain::id::{CredentialId, OrganizationId};
use web::client_prefix::{assignment_prefix, client_prefix};
use web::rate_limit::{Allowance, Exceeded, MemoryRateLimiter, Policy, RateLimiter, Refill, whole_seconds};

use crate::clock::Clock;
use crate::config;
use crate::error::ApiError;

/// The event that is counted, with the key that it is counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Requests without a token, by client prefix.
    Address(IpAddr),
    /// Requests with one credential.
    Credential(CredentialId),
    /// Requests of one organization.
    Tenant(OrganizationId),
    /// Sign-ups, claims and recoveries, by client prefix.
    Signup(IpAddr),
    /// Sign-ups of a day, by assignment prefix.
    SignupNetwork(IpAddr),
    /// Wrong secrets and codes, by client prefix. A right one is accepted whatever the count: secrets can't be guessed,
    /// and a broken program must not lock out all clients that share its address.
    Failure(IpAddr),
    /// Emails of a kind, by the mailbox's key.
    Recipient(&'static str, String),
    /// Reports of agents, by client prefix.
    Report(IpAddr),
    /// Checks of claims, of one organization.
    Check(OrganizationId),
}

/// All limits.
#[derive(Debug)]
pub struct Limits {
    config: config::Limits,
    limiter: Box<dyn RateLimiter<Key>>,
}

impl Limits {
    /// Limits by the operator's settings.
    pub fn new(config: config::Limits, clock: Clock) -> Self {
        let now = move || Duration::from_millis(u64::try_from(clock.now_ms()).unwrap_or(0));
        Self { config, limiter: Box::new(MemoryRateLimiter::new(now)) }
    }

    /// Counts an event. One that exceeds its limit is refused and not counted.
    pub fn take(&self, key: Key) -> Result<Allowance, ApiError> {
        let policy = self.policy(&key);
        self.limiter.take(key.by_prefix(), &policy).map_err(ApiError::from)
    }

    /// Removes keys whose window is empty.
    pub fn sweep(&self) {
        self.limiter.sweep();
    }

    fn policy(&self, key: &Key) -> Policy {
        let (name, limit, window) = match key {
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
        Policy { name, limit, window, refill: Refill::Sliding }
    }
}

impl From<Exceeded> for ApiError {
    fn from(exceeded: Exceeded) -> Self {
        Self::RateLimited {
            limit: u64::from(exceeded.policy.limit),
            window_seconds: exceeded.policy.window.as_secs(),
            retry_after: whole_seconds(exceeded.retry_after),
            current: u64::from(exceeded.used),
            policy: exceeded.policy.name,
        }
    }
}

/// The events that a limit counts, by the limit's name.
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

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

impl Key {
    /// The key that is counted: a client's prefix in the place of its address.
    fn by_prefix(self) -> Self {
        match self {
            Self::Address(address) => Self::Address(client_prefix(address)),
            Self::Signup(address) => Self::Signup(client_prefix(address)),
            Self::SignupNetwork(address) => Self::SignupNetwork(assignment_prefix(address)),
            Self::Failure(address) => Self::Failure(client_prefix(address)),
            Self::Report(address) => Self::Report(client_prefix(address)),
            other => other,
        }
    }
}
