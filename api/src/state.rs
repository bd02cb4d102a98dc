//! The application state: opened once, at the start. Handlers take parts of it ([`parts`]), never all of it.

mod parts;

use std::net::SocketAddr;
use std::sync::Arc;

use domain::secret::Secret;
use store::{Store, StoreError, settings};
use web::draining::Draining;

use crate::address_log::AddressLog;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::ApiError;
use crate::in_flight::InFlightCalls;
use crate::keys::{KeyError, Keys};
use crate::limits::Limits;
use crate::mail::{MailError, Mailer};
use crate::marketplace::{IndexError, Market};
use crate::metrics::Metrics;
use crate::origins::Origins;
use crate::usage::Usage;
use crate::verifier::{Verifier, VerifierStart};

/// The application state.
#[derive(Debug)]
pub struct App {
    /// What the operator set.
    pub config: Config,
    /// Public origins.
    pub origins: Arc<Origins>,
    /// What time it is.
    pub clock: Clock,
    /// What is kept.
    pub store: Store,
    /// What signs.
    pub keys: Arc<Keys>,
    /// How often one may do what.
    pub limits: Arc<Limits>,
    /// What was used today.
    pub usage: Usage,
    /// What is published, to be searched.
    pub market: Arc<Market>,
    /// Where mail goes.
    pub mail: Mailer,
    /// What fetches what claims point to.
    pub verifier: Arc<Verifier>,
    /// Who sent which request, where that is kept.
    pub addresses: AddressLog,
    /// What operators measure.
    pub metrics: Arc<Metrics>,
    /// Whether the process is stopping.
    pub draining: Draining,
    /// Calls with an Idempotency-Key that are in flight.
    pub in_flight: InFlightCalls,
}

/// The state of the router.
#[derive(Clone, Debug)]
pub struct AppState(pub Arc<App>);

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
    /// The log.
    #[error("can't log to standard output: {0}")]
    Logs(std::io::Error),
    /// The database.
    #[error("DATA_DIR: {0}")]
    Store(#[from] StoreError),
    /// The keys.
    #[error("KEY_DIR: {0}")]
    Keys(#[from] KeyError),
    /// The keys are not those of the database.
    #[error(
        "KEY_DIR: {0} holds other keys than those that the database in DATA_DIR was made with, so that no secret of it would be known: name the folder that belongs to it, or restore it from its backup"
    )]
    OtherKeys(String),
    /// The files of addresses.
    #[error("DATA_DIR: the files of addresses can't be written: {0}")]
    Addresses(std::io::Error),
    /// The marketplace's index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Mail.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The demo.
    #[error("the demo data could not be loaded: {0}")]
    Demo(#[from] ApiError),
    /// The verifier.
    #[error(transparent)]
    Verifier(#[from] VerifierStart),
    /// The contract.
    #[error("the contract can't be written as JSON: {0}")]
    Contract(#[from] serde_json::Error),
    /// Metrics.
    #[error("the metrics can't be registered: {0}")]
    Metrics(#[from] prometheus::Error),
}

/// Two libraries bring TLS: both use this one's cryptography. That it is chosen already is as well.
pub fn choose_cryptography() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// That the key which secrets are hashed under is the one that this database was made with: it holds what that key makes
/// of a fixed text.
async fn belong_together(store: &Store, keys: &Keys, config: &Config) -> Result<(), StartError> {
    let made = keys.pepper().hash(&Secret::given("the keys of this database".to_owned()));
    let name = "pepper";
    match settings::get(store, name).await? {
        Some(kept) if kept == made => Ok(()),
        Some(_) => Err(StartError::OtherKeys(config.files.key_dir.display().to_string())),
        None => Ok(settings::set_once(store, name, made).await?),
    }
}

impl App {
    /// Makes it, by what the operator set. Called from within a runtime.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        choose_cryptography();
        let keys = Keys::open(&config.files.key_dir, clock.clone())?;
        let store = Store::sqlite(&config.files.data_dir).await?;
        belong_together(&store, &keys, &config).await?;
        let mail = Mailer::start(&config.mail, config.mail_dir(), config.is_development())?;
        let verifier = Verifier::new(&config)?;
        let days = config.telemetry.address_log_days;
        let addresses = AddressLog::open(&config.files.data_dir, days).map_err(StartError::Addresses)?;
        Ok(Self {
            origins: Arc::new(Origins::new(&config)),
            limits: Arc::new(Limits::new(config.limits.clone(), clock.clone())),
            usage: Usage::new(store.clone(), clock.clone()),
            market: Arc::new(Market::new()?),
            addresses,
            metrics: Arc::new(Metrics::new()?),
            draining: Draining::default(),
            in_flight: InFlightCalls::default(),
            clock,
            store,
            keys: Arc::new(keys),
            mail,
            verifier: Arc::new(verifier),
            config,
        })
    }
}
