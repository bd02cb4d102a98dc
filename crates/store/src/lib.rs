//! Persistence: use cases by resource, on SQLite through `SeaORM`.
//!
//! A use case is a function of a [`Store`]: `agents::decommission(&store, &actor, id, &expected, now)`. Each change is
//! one transaction: rows, outbox entries and the audit event are committed together or not at all. No `SeaORM` type is
//! part of the public interface; rows are returned as [`records`].
//!
//! Reads use a pool of connections, except for the lookup of each request: see [`credential_lookup`]. Writes are
//! serialized and committed in groups: see the `writer` module.

pub mod agents;
pub mod audit;
pub mod backup;
pub mod claims;
pub mod credential_lookup;
pub mod credentials;
pub mod email_queue;
mod entity;
mod error;
mod file;
pub mod idempotency;
pub mod marketplace;
mod migration;
pub mod moderation;
pub mod organizations;
pub mod outbox;
mod page;
pub mod records;
pub mod retention;
pub mod seed;
pub mod sessions;
pub mod settings;
pub mod signup;
pub mod tokens;
mod transaction;
pub mod usage;
mod writer;

use crate::transaction::Transaction;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use audit::Verifications;
use credential_lookup::CredentialLookup;
use domain::audit::HeadKey;
use futures_util::future::BoxFuture;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait as _;
use tokio::sync::Mutex;
use tokio::time::Instant;

pub use error::{StoreError, parse_stored};
pub use file::ServerLock;
pub use page::{Page, PageRows};

use file::DatabaseFile;
use idempotency::SealedCall;
use writer::Writer;

/// File name of the database.
const FILE: &str = "sentryagent.db";
/// Size of the pool for reads.
const READ_CONNECTIONS: u32 = 8;
/// Time that SQLite waits for a lock of another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Minimum time between two test writes: health checks of many callers must not keep the disk busy.
const PROBE_INTERVAL: Duration = Duration::from_secs(1);

/// Database handle: cheap to clone, shared by all tasks.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    credential_lookup: CredentialLookup,
    writer: Writer,
    file: DatabaseFile,
    head_key: Option<Arc<HeadKey>>,
    verifications: Verifications,
    /// Time and result of the last test write.
    probe: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Store {
    /// Returns true if there is a database in `folder`.
    pub fn exists(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Opens an existing database in `folder`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] if it doesn't exist.
    pub async fn open_existing(folder: &Path, head_key: Option<HeadKey>) -> Result<Self, StoreError> {
        if Self::exists(folder) {
            Self::open(folder, head_key).await
        } else {
            Err(StoreError::Missing(folder.to_owned()))
        }
    }

    /// Opens the database in `folder`, creates it if missing, and migrates it. `head_key` authenticates the heads of audit
    /// trails; without it, a trail that is extended is not authentic any more.
    pub async fn open(folder: &Path, head_key: Option<HeadKey>) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::Folder(folder.to_owned(), error))?;
        let options = |max_connections: u32, mode: &str| {
            let mut options = ConnectOptions::new(format!("sqlite://{}?mode={mode}", folder.join(FILE).display()));
            // Connections to a file can't be lost; testing each before use would double the cost of a read.
            options
                .max_connections(max_connections)
                .test_before_acquire(false)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(|sqlite| {
                    // FULL: acknowledged writes are on the disk. Group commit offsets the cost.
                    sqlite
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Full)
                        .busy_timeout(BUSY_TIMEOUT)
                        .foreign_keys(true)
                });
            options
        };
        let writer_connection = Database::connect(options(1, "rwc")).await?;
        migrate(&writer_connection).await?;
        // Only the first connection creates the file: a later one must not replace a lost database by an empty one.
        let reader = Database::connect(options(READ_CONNECTIONS, "rw")).await?;
        let credential_lookup = CredentialLookup::start(Database::connect(options(1, "rw")).await?);
        let file = DatabaseFile::of(folder)?;
        let head_key = head_key.map(Arc::new);
        let writer = Writer::start(options(1, "rw"), writer_connection, file.clone(), head_key.clone());
        let verifications = Verifications::default();
        Ok(Self { reader, credential_lookup, writer, file, head_key, verifications, probe: Arc::default() })
    }

    /// Returns the lookup of credentials, by secret or token.
    pub fn credential_lookup(&self) -> &CredentialLookup {
        &self.credential_lookup
    }

    /// Returns true if the database is in its place and can be read.
    pub async fn is_readable(&self) -> bool {
        self.file.is_in_place() && self.reader.ping().await.is_ok()
    }

    /// Returns true if the database can be written, by the result of a test write at most a second ago.
    pub async fn is_writable(&self) -> bool {
        let mut probe = self.probe.lock().await;
        if let Some((at, is_writable)) = *probe
            && at.elapsed() < PROBE_INTERVAL
        {
            return is_writable;
        }
        let is_writable = self.writer.probe_writable().await;
        *probe = Some((Instant::now(), is_writable));
        is_writable
    }

    /// Returns the number of writes that are submitted and not completed.
    pub fn pending_writes(&self) -> usize {
        self.writer.pending()
    }

    /// Completes after the next commit, or immediately if there was one since the last call. For one task only.
    pub async fn committed(&self) {
        self.writer.committed().await;
    }

    /// Runs `work` in a transaction, and commits the record of an idempotent call and its response with it.
    async fn write<T, F>(&self, call: Option<SealedCall<T>>, work: F) -> Result<T, StoreError>
    where
        T: Send + Sync + 'static,
        F: for<'a> FnOnce(&'a Transaction) -> BoxFuture<'a, Result<T, StoreError>> + Send + 'static,
    {
        let Some(call) = call else { return self.writer.run(work).await };
        let write = self.writer.run(move |tx| {
            Box::pin(async move {
                let value = work(tx).await?;
                call.record(tx, &value).await?;
                Ok(value)
            })
        });
        write.await
    }
}

async fn migrate(connection: &DatabaseConnection) -> Result<(), StoreError> {
    migration::Migrator::install(connection).await?;
    reject_newer(connection).await?;
    migration::Migrator::up(connection, None).await?;
    Ok(())
}

/// Rejects a database migrated by a newer version.
async fn reject_newer(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let known: Vec<String> =
        migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = migration::Migrator::get_migration_models(connection).await?;
    match applied.into_iter().find(|model| !known.contains(&model.version)) {
        Some(newer) => Err(StoreError::TooNew(newer.version)),
        None => Ok(()),
    }
}
