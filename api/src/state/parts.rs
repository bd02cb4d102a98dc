//! Parts of the application state. A handler's signature names the parts it uses, such as `State<Registry>`.

use std::sync::Arc;

use axum::extract::FromRef;
use web::draining::Draining;

use crate::anchors::Anchors;
use crate::identity::Authenticator;
use crate::keys::Keys;
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::services::{ClaimChecker, MarketReader, SignupService, TokenIssuer};
use crate::state::{App, AppState};
use crate::throttle::Throttle;
use crate::usage::Usage;

impl App {
    /// Returns the database and clock.
    pub fn registry(&self) -> Registry {
        Registry::new(self.store.clone(), self.clock.clone())
    }

    /// Returns the rate limits.
    pub fn throttle(&self) -> Throttle {
        Throttle::new(Arc::clone(&self.limits), Arc::clone(&self.metrics))
    }

    /// Returns the lookup of actors.
    pub fn authenticator(&self) -> Authenticator {
        Authenticator::new(self.registry(), Arc::clone(&self.keys), Arc::clone(&self.origins))
    }

    /// Returns the parts that a check of a claim needs.
    pub fn claim_checker(&self) -> ClaimChecker {
        ClaimChecker {
            registry: self.registry(),
            origins: Arc::clone(&self.origins),
            verifier: Arc::clone(&self.verifier),
            throttle: self.throttle(),
        }
    }
}

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
part!(Arc<Anchors>, app => Arc::clone(&app.anchors));
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
