//! Errors of the store.

use domain::rejection::Rejection;
use sea_orm::{DbErr, RuntimeErr};
use thiserror::Error;

/// Failed statement. The message is for the log.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct DatabaseError(DbErr);

/// Error of a use case.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Operation rejected by a domain rule.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Statement failed.
    #[error("database error: {0}")]
    Database(DatabaseError),
    /// Stored value can't be parsed. Always a defect.
    #[error("{0}")]
    Unreadable(String),
    /// Transaction could not be written: the disk may be full.
    #[error("could not write to the database: {0}")]
    Write(String),
    /// Response of an idempotent call could not be built. The write was rolled back.
    #[error("could not build the response: {0}")]
    Response(String),
    /// Process is shutting down.
    #[error("the service is shutting down")]
    Stopped,
    /// Database folder could not be created.
    #[error("{0}: {1}")]
    Folder(std::path::PathBuf, std::io::Error),
    /// Database not found.
    #[error("No database in {0}. Set DATA_DIR to the data directory of the server.")]
    Missing(std::path::PathBuf),
    /// Database in use by another server, with its process ID.
    #[error(
        "The server with process {1} already uses the database in {0}. Stop it first: one server can use a database at a time."
    )]
    InUse(std::path::PathBuf, String),
    /// Database migrated by a newer version.
    #[error("The database contains the unknown migration {0}. It was created by a newer version of this program.")]
    TooNew(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(DatabaseError(error))
    }
}

impl StoreError {
    /// Creates an error for a stored value that can't be parsed.
    pub fn unreadable(error: impl std::fmt::Display) -> Self {
        Self::Unreadable(error.to_string())
    }

    /// Returns true for transient errors, which need no change to the program: a full disk, a lock, a lost connection.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database(DatabaseError(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)))
            | Self::Write(_)
            | Self::Stopped => true,
            Self::Database(DatabaseError(error)) => {
                sqlite_code(error).is_some_and(|code| TRANSIENT_CODES.contains(&(code & 0xff)))
            }
            Self::Rejected(_)
            | Self::Unreadable(_)
            | Self::Response(_)
            | Self::Folder(..)
            | Self::Missing(_)
            | Self::InUse(..)
            | Self::TooNew(_) => false,
        }
    }
}

/// SQLite's primary result code BUSY.
const BUSY: i32 = 5;
/// SQLite's primary result codes BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
const TRANSIENT_CODES: [i32; 6] = [BUSY, 6, 8, 10, 13, 14];

/// Returns true if another process holds SQLite's lock for writes.
pub(crate) fn is_busy(error: &DbErr) -> bool {
    sqlite_code(error).is_some_and(|code| code & 0xff == BUSY)
}

fn sqlite_code(error: &DbErr) -> Option<i32> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    error.as_database_error().and_then(|error| error.code()?.parse().ok())
}

/// Parses a value that this program wrote into the database.
///
/// # Errors
///
/// [`StoreError::Unreadable`].
pub fn parse_stored<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("the database contains the invalid value {text:?}")))
}
