//! Persistence: use cases by noun, on SQLite by way of `SeaORM`.
//!
//! A use case is a function of a [`Store`]: `agents::decommission(&store, &actor, id, &expected, now)`. Whatever an actor
//! changes is one transaction: the rows, the lines of the marketplace's outbox and the audit event are committed together
//! or not at all. No type of `SeaORM` is part of the public interface; rows are returned as [`records`].
//!
//! Reads go to a pool of connections, except the one that every request makes: see [`credential_lookup`]. Writes are
//! serialized and committed in groups: see the `writer` module.

pub mod agents;
pub mod audit;
pub mod backup;
pub mod claims;
pub mod credential_lookup;
pub mod credentials;
mod entity;
mod error;
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
pub mod usage;
mod writer;

use std::path::Path;
use std::time::Duration;

use credential_lookup::CredentialLookup;
use futures_util::future::BoxFuture;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DatabaseTransaction};
use sea_orm_migration::MigratorTrait as _;

pub use error::{StoreError, parse_stored};
pub use page::{Page, PageOf};

use idempotency::IdempotentCall;
use writer::Writer;

/// The database's file in its folder.
const FILE: &str = "sentryagent.db";
/// Connections that read.
const READERS: u32 = 8;
/// How long SQLite waits for a lock that another process holds.
const BUSY: Duration = Duration::from_secs(5);

/// The database: cheap to clone, shared by all tasks.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    credential_lookup: CredentialLookup,
    writer: Writer,
}

impl Store {
    /// Opens an existing database in `folder`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] where there is none.
    pub async fn existing(folder: &Path) -> Result<Self, StoreError> {
        if folder.join(FILE).is_file() {
            Self::sqlite(folder).await
        } else {
            Err(StoreError::Missing(folder.to_owned()))
        }
    }

    /// Opens the database in `folder`, creates it if it is missing, and migrates it.
    pub async fn sqlite(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::Folder(folder.to_owned(), error))?;
        let url = format!("sqlite://{}?mode=rwc", folder.join(FILE).display());
        let options = |most: u32| {
            let mut options = ConnectOptions::new(url.clone());
            // A file has no connection that may have been lost: to try each before its use would double what a read costs.
            options.max_connections(most).test_before_acquire(false).sqlx_logging(false).map_sqlx_sqlite_opts(
                |sqlite| {
                    // FULL: what was acknowledged is on the disk. Group commit pays for it.
                    sqlite
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Full)
                        .busy_timeout(BUSY)
                        .foreign_keys(true)
                },
            );
            options
        };
        let writing = Database::connect(options(1)).await?;
        migrate(&writing).await?;
        let reader = Database::connect(options(READERS)).await?;
        let credential_lookup = CredentialLookup::start(Database::connect(options(1)).await?);
        Ok(Self { reader, credential_lookup, writer: Writer::start(options(1), writing) })
    }

    /// The lookup of credentials, by secret or token.
    pub fn credential_lookup(&self) -> &CredentialLookup {
        &self.credential_lookup
    }

    /// Returns whether the database can be read.
    pub async fn is_readable(&self) -> bool {
        self.reader.ping().await.is_ok()
    }

    /// Returns whether the database can be written.
    pub async fn is_writable(&self) -> bool {
        self.writer.is_able().await
    }

    /// Writes that were submitted and have not completed.
    pub fn pending_writes(&self) -> usize {
        self.writer.pending()
    }

    /// Completes after the next commit, or at once if there was one since the last call. For one task.
    pub async fn committed(&self) {
        self.writer.committed().await;
    }

    /// Runs `work` in a transaction, and commits the record of an idempotent call with it.
    async fn write<T, F>(&self, call: Option<IdempotentCall>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<T, StoreError>> + Send + 'static,
    {
        let Some(call) = call else { return self.writer.run(work).await };
        let write = self.writer.run(move |tx| {
            Box::pin(async move {
                let done = work(tx).await?;
                idempotency::record(tx, call).await?;
                Ok(done)
            })
        });
        write.await
    }
}

async fn migrate(connection: &DatabaseConnection) -> Result<(), StoreError> {
    migration::Migrator::install(connection).await?;
    not_too_new(connection).await?;
    migration::Migrator::up(connection, None).await?;
    Ok(())
}

/// Rejects a database that a newer program has migrated.
async fn not_too_new(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let known: Vec<String> =
        migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = migration::Migrator::get_migration_models(connection).await?;
    match applied.into_iter().find(|model| !known.contains(&model.version)) {
        Some(newer) => Err(StoreError::TooNew(newer.version)),
        None => Ok(()),
    }
}
