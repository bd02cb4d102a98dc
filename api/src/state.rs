//! What every handler may reach. It is made once, at the start.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use domain::secret::Secret;
use store::{Store, StoreError, settings};
use web::draining::Draining;

use crate::address_log::AddressLog;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::ApiError;
use crate::keys::{KeyError, Keys};
use crate::limits::Limits;
use crate::mail::{MailError, Mailer};
use crate::marketplace::{IndexError, Market};
use crate::metrics::Metrics;
use crate::middleware::idempotency::UnderWay;
use crate::usage::Usage;
use crate::verifier::{Verifier, VerifierStart};

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
    /// What is published, to be searched.
    pub market: Market,
    /// Where mail goes.
    pub mail: Mailer,
    /// What fetches what claims point to.
    pub verifier: Verifier,
    /// Who sent which request, where that is kept.
    pub addresses: AddressLog,
    /// What operators measure.
    pub metrics: Metrics,
    /// The contract, as it is served.
    pub contract: Bytes,
    /// Whether the process is stopping.
    pub draining: Draining,
    /// Calls with an Idempotency-Key that are under way.
    pub under_way: UnderWay,
}

/// It, in a handler's arguments.
pub type Shared = axum::extract::State<Arc<App>>;

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
            issuer: config.issuer(),
            limits: Limits::new(config.limits.clone(), clock.clone()),
            usage: Usage::new(store.clone(), clock.clone()),
            market: Market::new()?,
            addresses,
            metrics: Metrics::new()?,
            contract: crate::routes::discovery::openapi::of(&config.issuer()),
            draining: Draining::default(),
            under_way: UnderWay::default(),
            clock,
            store,
            keys,
            mail,
            verifier,
            config,
        })
    }
}
