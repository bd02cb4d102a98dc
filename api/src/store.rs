//! What is kept, in a database that `SeaORM` speaks to: SQLite here, PostgreSQL where there are several processes.
//!
//! Reads go to a pool, but for the one of every request: see [`holders`]. Writes go through [`Writer`], one behind the other. Whatever a caller does is one write: the rows
//! and the audit event of it are there together or not at all.

pub mod agents;
pub mod audit;
pub mod claims;
pub mod copy;
pub mod credentials;
pub mod entity;
pub mod holders;
pub mod links;
pub mod listings;
mod migration;
pub mod organizations;
pub mod proved;
pub mod sessions;
mod writer;

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr};
use sea_orm_migration::MigratorTrait as _;
use thiserror::Error;

use holders::Holders;
pub use writer::{Failure, Writer, with};

/// The database's file in its folder.
const FILE: &str = "sentryagent.db";
/// Connections that read.
const READERS: u32 = 8;
/// How long SQLite waits for a lock that another process holds.
const BUSY: Duration = Duration::from_secs(5);

/// Why something could not be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database says no.
    #[error("the database: {0}")]
    Database(#[from] DbErr),
    /// A transaction could not be written: the disk may be full.
    #[error("the database did not write: {0}")]
    Write(String),
    /// The process is ending.
    #[error("the service is stopping")]
    Stopped,
    /// The folder of the database could not be made.
    #[error("{0}: {1}")]
    Folder(std::path::PathBuf, std::io::Error),
    /// There is none where one was expected.
    #[error("{0} holds no database: name the folder that `api serve` was started with")]
    Missing(std::path::PathBuf),
    /// A newer program made this database.
    #[error("the database holds the migration {0}, which this program does not know: it was made by a newer one")]
    TooNew(String),
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    /// For reading.
    pub reader: DatabaseConnection,
    /// For who holds a credential.
    pub holders: Holders,
    /// For writing.
    pub writer: Writer,
}

impl StoreError {
    /// Whether it may work again without anybody doing anything to the program: a full disk, a lock, a lost connection.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) | Self::Write(_) | Self::Stopped => true,
            Self::Database(error) => sqlite_code(error).is_some_and(|code| PASSING.contains(&(code & 0xff))),
            Self::Folder(..) | Self::Missing(_) | Self::TooNew(_) => false,
        }
    }
}

/// SQLite's primary result codes BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
const PASSING: [i32; 6] = [5, 6, 8, 10, 13, 14];

fn sqlite_code(error: &DbErr) -> Option<i32> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return None;
    };
    error.as_database_error().and_then(|error| error.code()?.parse().ok())
}

impl Store {
    /// Opens the database that is in `folder`.
    pub async fn existing(folder: &Path) -> Result<Self, StoreError> {
        if folder.join(FILE).is_file() {
            Self::sqlite(folder).await
        } else {
            Err(StoreError::Missing(folder.to_owned()))
        }
    }

    /// Opens the database in `folder`, which appears by itself, and brings it up to date.
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
        up(&writing).await?;
        let reader = Database::connect(options(READERS)).await?;
        let holders = Holders::start(Database::connect(options(1)).await?);
        Ok(Self { reader, holders, writer: Writer::start(options(1), writing) })
    }
}

async fn up(connection: &DatabaseConnection) -> Result<(), StoreError> {
    migration::Migrator::install(connection).await?;
    not_too_new(connection).await?;
    migration::Migrator::up(connection, None).await?;
    Ok(())
}

/// That no newer program has brought it to a state that this one does not know.
async fn not_too_new(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let known: Vec<String> =
        migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = migration::Migrator::get_migration_models(connection).await?;
    match applied.into_iter().find(|model| !known.contains(&model.version)) {
        Some(newer) => Err(StoreError::TooNew(newer.version)),
        None => Ok(()),
    }
}
