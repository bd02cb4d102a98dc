//! Application state, opened once at startup. Handlers extract parts of it ([`parts`]), never all of it.

mod parts;

use std::net::SocketAddr;
use std::sync::Arc;

use domain::secret::{DerivationError, Secret};
use store::{ServerLock, Store, StoreError, audit, settings};
use web::draining::Draining;

use crate::address_log::AddressLog;
use crate::anchors::{AnchorError, Anchors};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::ApiError;
use crate::in_flight::InFlightCalls;
use crate::keys::{KeyError, Keys};
use crate::limits::Limits;
use crate::mail::{EmailSeal, MailError, Mailer};
use crate::marketplace::{IndexError, Market};
use crate::metrics::Metrics;
use crate::origins::Origins;
use crate::usage::Usage;
use crate::verifier::{Verifier, VerifierStart};

/// Application state.
#[derive(Debug)]
pub struct App {
    /// Configuration.
    pub config: Config,
    /// Public origins.
    pub origins: Arc<Origins>,
    /// Clock.
    pub clock: Clock,
    /// Database.
    pub store: Store,
    /// Signing keys, and the HMAC key of secrets.
    pub keys: Arc<Keys>,
    /// Heads of audit trails, kept outside the database.
    pub anchors: Arc<Anchors>,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// Daily usage.
    pub usage: Usage,
    /// Search index of published agents.
    pub market: Arc<Market>,
    /// Email delivery.
    pub mail: Mailer,
    /// Guarded client that fetches the evidence of claims.
    pub verifier: Arc<Verifier>,
    /// Log of client IP addresses, if enabled.
    pub addresses: AddressLog,
    /// Metrics.
    pub metrics: Arc<Metrics>,
    /// Shutdown state: readiness fails before connections are refused.
    pub draining: Draining,
    /// Idempotent calls in flight.
    pub in_flight: InFlightCalls,
    /// Keeps other servers away from the database.
    _lock: ServerLock,
}

/// State of the router.
#[derive(Clone, Debug)]
pub struct AppState(pub Arc<App>);

/// Startup error.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Listen address unavailable.
    #[error("API_ADDR: could not listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// Metrics address unavailable.
    #[error("METRICS_ADDR: could not listen on {0}: {1}")]
    ListenMetrics(SocketAddr, std::io::Error),
    /// Runtime error.
    #[error("could not start the runtime: {0}")]
    Runtime(std::io::Error),
    /// Logging error.
    #[error("could not log to standard output: {0}")]
    Logs(std::io::Error),
    /// Database error.
    #[error("DATA_DIR: {0}")]
    Store(#[from] StoreError),
    /// Key store error.
    #[error("KEY_DIR: {0}")]
    Keys(#[from] KeyError),
    /// Keys exist, but no database.
    #[error(
        "DATA_DIR: there are keys in {keys}, but no database in {data}. Use the DATA_DIR of these keys, or restore the database from a backup. To begin with an empty database, start once with --new-database."
    )]
    DatabaseLost {
        /// Folder of the keys.
        keys: String,
        /// Folder without a database.
        data: String,
    },
    /// A key could not be derived.
    #[error("KEY_DIR: {0}")]
    Derivation(#[from] DerivationError),
    /// Anchors error.
    #[error("AUDIT_ANCHOR_DIR: {0}")]
    Anchors(#[from] AnchorError),
    /// Keys don't belong to the database.
    #[error(
        "KEY_DIR: the keys in {0} do not belong to the database in DATA_DIR, so no stored secret could be verified. Use the KEY_DIR of this database, or restore it from a backup."
    )]
    OtherKeys(String),
    /// Address log error.
    #[error("DATA_DIR: could not open the address log: {0}")]
    Addresses(std::io::Error),
    /// Index error.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Email settings error.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Demo data error.
    #[error("could not load the demo data: {0}")]
    Demo(#[from] ApiError),
    /// Verifier settings error.
    #[error(transparent)]
    Verifier(#[from] VerifierStart),
    /// Contract error.
    #[error("could not render the contract as JSON: {0}")]
    Contract(#[from] serde_json::Error),
    /// Metrics error.
    #[error("could not register the metrics: {0}")]
    Metrics(#[from] prometheus::Error),
}

/// Installs the cryptography provider that all TLS libraries share. Does nothing if one is installed.
pub fn install_cryptography() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// Checks that there is a database if there are keys: an empty one beside old keys would be a loss that nobody notices.
fn require_database(config: &Config) -> Result<(), StartError> {
    let (keys, data) = (&config.files.key_dir, &config.files.data_dir);
    if config.files.new_database || Store::exists(data) || !Keys::exist(keys) {
        return Ok(());
    }
    Err(StartError::DatabaseLost { keys: keys.display().to_string(), data: data.display().to_string() })
}

/// Checks that the HMAC key of secrets belongs to this database, which stores the HMAC of a fixed text.
async fn check_keys_of_database(store: &Store, keys: &Keys, config: &Config) -> Result<(), StartError> {
    let hash = keys.pepper().hash(&Secret::new("the keys of this database".to_owned()));
    let name = "pepper";
    match settings::get(store, name).await? {
        Some(stored) if stored == hash => Ok(()),
        Some(_) => Err(StartError::OtherKeys(config.files.key_dir.display().to_string())),
        None => Ok(settings::set_once(store, name, hash).await?),
    }
}

/// Authenticates the heads of audit trails that earlier versions wrote, once.
async fn seal_heads(store: &Store, keys: &Keys) -> Result<(), StartError> {
    if keys.are_heads_sealed() {
        return Ok(());
    }
    let count = audit::seal_heads(store).await?;
    keys.record_sealed_heads()?;
    if count > 0 {
        tracing::info!(count, "authenticated the heads of audit trails");
    }
    Ok(())
}

impl App {
    /// Opens the state from the configuration. Must be called within a runtime.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        install_cryptography();
        let lock = ServerLock::take(&config.files.data_dir)?;
        require_database(&config)?;
        // The database first: keys without one look like a loss.
        drop(Store::open(&config.files.data_dir, None).await?);
        let keys = Keys::open(&config.files.key_dir, clock.clone())?;
        let store = Store::open(&config.files.data_dir, Some(keys.head_key()?)).await?;
        check_keys_of_database(&store, &keys, &config).await?;
        seal_heads(&store, &keys).await?;
        let anchors = Anchors::open(config.anchor_dir())?;
        let seal = EmailSeal::new(keys.pepper()).map_err(MailError::from)?;
        let mail = Mailer::new(&config.mail, config.mail_dir(), config.is_development(), seal)?;
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
            anchors: Arc::new(anchors),
            clock,
            store,
            keys: Arc::new(keys),
            mail,
            verifier: Arc::new(verifier),
            config,
            _lock: lock,
        })
    }
}
