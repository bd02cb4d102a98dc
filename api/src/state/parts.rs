//! Parts of the application state: what a handler may reach stands in its signature, as `State<Registry>`.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRef;
use jiff::Timestamp;
use store::Store;
use url::Url;

use crate::clock::Clock;
use crate::config::{Algorithm, Config};
use crate::error::ApiError;
use crate::identity::Authenticator;
use crate::keys::Keys;
use crate::limits::{Key, Limits, Taken};
use crate::mail::Mailer;
use crate::marketplace::Market;
use crate::metrics::Metrics;
use crate::state::{App, Draining};
use crate::usage::Usage;
use crate::verifier::Verifier;

/// The database and the time.
#[derive(Clone, Debug)]
pub struct Registry {
    /// The database.
    pub store: Store,
    clock: Clock,
}

impl Registry {
    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The current time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}

/// The public origins of this service and its portal.
#[derive(Debug)]
pub struct Origins {
    /// The service's own origin, as tokens spell it: no slash at its end.
    pub issuer: String,
    /// The issuer's host as it stands in a did:web, where the port's colon is `%3A`.
    pub did_host: String,
    portal: Url,
}

impl Origins {
    /// The origins that the operator set.
    pub fn new(config: &Config) -> Self {
        Self { issuer: config.issuer(), did_host: config.did_host(), portal: config.public.portal.clone() }
    }

    /// The URL of a page of the portal.
    pub fn portal_page(&self, path: &str) -> String {
        format!("{}{path}", self.portal.as_str().trim_end_matches('/'))
    }
}

/// Rate limits, and the count of wrong secrets.
#[derive(Clone, Debug)]
pub struct Throttle {
    limits: Arc<Limits>,
    metrics: Arc<Metrics>,
}

impl Throttle {
    /// Counts a call against a limit.
    ///
    /// # Errors
    ///
    /// [`ApiError::RateLimited`] beyond it.
    pub fn take(&self, key: Key) -> Result<Taken, ApiError> {
        self.limits.take(key)
    }

    /// Counts a wrong secret or code.
    ///
    /// # Errors
    ///
    /// [`ApiError::RateLimited`] for an address that sent too many.
    pub fn take_failure(&self, address: IpAddr) -> Result<(), ApiError> {
        self.take(Key::Failure(address))?;
        self.metrics.refusals.inc();
        Ok(())
    }
}

/// Everything that sign-up takes.
#[derive(Clone, Debug)]
pub struct SignupService {
    /// The database and the time.
    pub registry: Registry,
    /// Public origins, for links.
    pub origins: Arc<Origins>,
    /// The key that secrets are hashed under.
    pub keys: Arc<Keys>,
    /// Limits by address and recipient.
    pub throttle: Throttle,
    /// Emails.
    pub mailer: Mailer,
    /// Provisional organizations, at most.
    pub max_provisional: u64,
}

/// Everything that the token endpoints take.
#[derive(Clone, Debug)]
pub struct TokenIssuer {
    /// The lookup of clients and tokens.
    pub authenticator: Authenticator,
    /// Limits by address, tenant and credential.
    pub throttle: Throttle,
    /// Daily quotas.
    pub usage: Usage,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// The algorithm that signs tokens.
    pub algorithm: Algorithm,
}

/// Everything that the marketplace's reads take.
#[derive(Clone, Debug)]
pub struct MarketReader {
    /// The database and the time.
    pub registry: Registry,
    /// The search index.
    pub market: Arc<Market>,
    /// Public origins, for links.
    pub origins: Arc<Origins>,
    /// The keys that sign agent cards.
    pub keys: Arc<Keys>,
}

/// Everything that a check of a claim takes.
#[derive(Clone, Debug)]
pub struct ClaimChecker {
    /// The database and the time.
    pub registry: Registry,
    /// Public origins, for evidence.
    pub origins: Arc<Origins>,
    /// The guarded way to the public internet.
    pub verifier: Arc<Verifier>,
    /// Limits by tenant.
    pub throttle: Throttle,
}

impl App {
    /// The database and the time.
    pub fn registry(&self) -> Registry {
        Registry { store: self.store.clone(), clock: self.clock.clone() }
    }

    /// Rate limits.
    pub fn throttle(&self) -> Throttle {
        Throttle { limits: Arc::clone(&self.limits), metrics: Arc::clone(&self.metrics) }
    }

    /// The lookup of actors.
    pub fn authenticator(&self) -> Authenticator {
        Authenticator::new(self.registry(), Arc::clone(&self.keys), Arc::clone(&self.origins))
    }

    /// Everything that a check of a claim takes.
    pub fn claim_checker(&self) -> ClaimChecker {
        ClaimChecker {
            registry: self.registry(),
            origins: Arc::clone(&self.origins),
            verifier: Arc::clone(&self.verifier),
            throttle: self.throttle(),
        }
    }
}

/// The state of the router.
#[derive(Clone, Debug)]
pub struct AppState(pub Arc<App>);

macro_rules! part {
    ($part:ty, $app:ident => $value:expr) => {
        impl FromRef<AppState> for $part {
            fn from_ref(AppState($app): &AppState) -> Self {
                $value
            }
        }
    };
}

part!(Registry, app => app.registry());
part!(Arc<Origins>, app => Arc::clone(&app.origins));
part!(Arc<Keys>, app => Arc::clone(&app.keys));
part!(Arc<Metrics>, app => Arc::clone(&app.metrics));
part!(Throttle, app => app.throttle());
part!(Usage, app => app.usage.clone());
part!(Mailer, app => app.mail.clone());
part!(Draining, app => app.draining.clone());
part!(Authenticator, app => app.authenticator());
part!(ClaimChecker, app => app.claim_checker());
part!(SignupService, app => Self {
    registry: app.registry(),
    origins: Arc::clone(&app.origins),
    keys: Arc::clone(&app.keys),
    throttle: app.throttle(),
    mailer: app.mail.clone(),
    max_provisional: u64::from(app.config.limits.provisional),
});
part!(TokenIssuer, app => Self {
    authenticator: app.authenticator(),
    throttle: app.throttle(),
    usage: app.usage.clone(),
    metrics: Arc::clone(&app.metrics),
    algorithm: app.config.tokens.token_algorithm,
});
part!(MarketReader, app => Self {
    registry: app.registry(),
    market: Arc::clone(&app.market),
    origins: Arc::clone(&app.origins),
    keys: Arc::clone(&app.keys),
});
