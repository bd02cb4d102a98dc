//! Rate limits: one policy per kind of event, one sliding window per key.
//!
//! In memory, per process. Handlers and middleware only call [`Limits::take`].

use std::net::IpAddr;
use std::time::Duration;

use domain::id::{CredentialId, OrganizationId};
use web::client_prefix::{assignment_prefix, client_prefix};
use web::rate_limit::{Allowance, Exceeded, MemoryRateLimiter, Policy, RateLimiter, Refill, whole_seconds};

use crate::clock::Clock;
use crate::config;
use crate::error::ApiError;

/// Counted event with its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Requests without a token, per client prefix.
    Address(IpAddr),
    /// Requests for public documents, health and unknown paths, per client prefix.
    Document(IpAddr),
    /// Requests with one credential.
    Credential(CredentialId),
    /// Requests of one organization.
    Tenant(OrganizationId),
    /// Sign-ups, and requests for or with emailed links, per client prefix.
    Signup(IpAddr),
    /// Sign-ups per day, per assignment prefix.
    SignupNetwork(IpAddr),
    /// Wrong secrets and codes, per client prefix. Correct ones are accepted whatever the count: secrets can't be
    /// guessed, and a broken program must not lock out all clients that share its IP address.
    Failure(IpAddr),
    /// Emails of a kind, per mailbox.
    Recipient(&'static str, String),
    /// Emails, per domain of their recipients.
    RecipientDomain(String),
    /// Reports of agents, per client prefix.
    Report(IpAddr),
    /// Checks of claims, per organization.
    Check(OrganizationId),
}

/// Rate limits.
#[derive(Debug)]
pub struct Limits {
    config: config::Limits,
    limiter: Box<dyn RateLimiter<Key>>,
}

impl Limits {
    /// Creates the limits from the configuration.
    pub fn new(config: config::Limits, clock: Clock) -> Self {
        Self { config, limiter: Box::new(MemoryRateLimiter::new(move || clock.elapsed())) }
    }

    /// Counts an event. Events beyond the limit are rejected and not counted.
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
            Key::Document(_) => ("documents", self.config.documents_per_minute, MINUTE),
            Key::Credential(_) => ("credential", self.config.credential_per_minute, MINUTE),
            Key::Tenant(_) => ("tenant", self.config.tenant_per_minute, MINUTE),
            Key::Signup(_) => ("signup", self.config.signup_per_hour, HOUR),
            Key::Failure(_) => ("failures", self.config.failures_per_hour, HOUR),
            Key::SignupNetwork(_) => ("signup-network", self.config.signup_per_hour.saturating_mul(10), DAY),
            Key::Recipient(..) => ("recipient", self.config.mails_per_hour, HOUR),
            Key::RecipientDomain(_) => ("recipient-domain", self.config.mails_per_domain_per_hour, HOUR),
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

/// Returns the events that a policy counts, by its name.
pub fn describe_events(policy: &str) -> &'static str {
    match policy {
        "address" => "requests without a token from your IP address",
        "documents" => "requests for public documents from your IP address",
        "failures" => "wrong secrets and codes from your IP address",
        "signup" => "sign-ups and requests for or with emailed links from your IP address",
        "signup-network" => "sign-ups from your network",
        "recipient" => "emails to this address",
        "recipient-domain" => "emails to this domain",
        "reports" => "reports from your IP address",
        "checks" => "checks of claims",
        "provisional" => "provisional organizations in total",
        "provisional-network" => "provisional organizations from your network",
        _ => "requests",
    }
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

impl Key {
    /// Replaces the IP address by the client's prefix.
    fn by_prefix(self) -> Self {
        match self {
            Self::Address(address) => Self::Address(client_prefix(address)),
            Self::Document(address) => Self::Document(client_prefix(address)),
            Self::Signup(address) => Self::Signup(client_prefix(address)),
            Self::SignupNetwork(address) => Self::SignupNetwork(assignment_prefix(address)),
            Self::Failure(address) => Self::Failure(client_prefix(address)),
            Self::Report(address) => Self::Report(client_prefix(address)),
            other => other,
        }
    }
}
