//! What every handler may reach. It is made once, at the start.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::clock::Clock;
use crate::config::Config;
use crate::keys::{KeyError, Keys};
use crate::limits::Limits;
use crate::mail::{MailError, Mailer};
use crate::metrics::Metrics;
use crate::middleware::idempotency::UnderWay;
use crate::store::{Store, StoreError};
use crate::usage::Usage;

/// What every handler may reach.
#[derive(Debug)]
pub struct App {
    /// What the operator set.
    pub config: Config,
    /// Our origin, as tokens spell it.
    pub issuer: String,
    /// What time it is.
    pub clock: Clock,
    /// What is kept.
    pub store: Store,
    /// What signs.
    pub keys: Keys,
    /// How often one may do what.
    pub limits: Limits,
    /// What was used today.
    pub usage: Usage,
    /// Where mail goes.
    pub mail: Mailer,
    /// What operators measure.
    pub metrics: Metrics,
    /// Whether the process is stopping.
    pub draining: Draining,
    /// Calls with an Idempotency-Key that are under way.
    pub under_way: UnderWay,
}

/// It, in a handler's arguments.
pub type Shared = axum::extract::State<Arc<App>>;

/// Whether the process is stopping: proxies are told before connections are refused.
#[derive(Clone, Debug, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// From now on.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why the service can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, or not ours.
    #[error("API_ADDR: {0} can't be listened on: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The address of the metrics is taken, or not ours.
    #[error("METRICS_ADDR: {0} can't be listened on: {1}")]
    ListenMetrics(SocketAddr, std::io::Error),
    /// The runtime.
    #[error("the runtime can't be started: {0}")]
    Runtime(std::io::Error),
    /// The database.
    #[error("DATA_DIR: {0}")]
    Store(#[from] StoreError),
    /// The keys.
    #[error("KEY_DIR: {0}")]
    Keys(#[from] KeyError),
    /// Mail.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Metrics.
    #[error("the metrics can't be registered: {0}")]
    Metrics(#[from] prometheus::Error),
}

/// Two libraries bring TLS: both use this one's cryptography. That it is chosen already is as well.
pub fn choose_cryptography() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

impl App {
    /// Makes it, by what the operator set. Called from within a runtime.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        choose_cryptography();
        let keys = Keys::open(&config.files.key_dir, clock.clone())?;
        let store = Store::sqlite(&config.files.data_dir).await?;
        let mail = Mailer::start(&config.mail, config.mail_dir(), config.is_development())?;
        Ok(Self {
            issuer: config.issuer(),
            limits: Limits::new(config.limits.clone(), clock.clone()),
            usage: Usage::new(store.clone(), clock.clone()),
            metrics: Metrics::new()?,
            draining: Draining::default(),
            under_way: UnderWay::default(),
            clock,
            store,
            keys,
            mail,
            config,
        })
    }
}
