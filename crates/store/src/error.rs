//! Errors of the store.

use domain::rejection::Rejection;
use sea_orm::{DbErr, RuntimeErr};
use thiserror::Error;

/// A statement that failed. Its text is for the log.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct DatabaseError(DbErr);

/// Why a use case failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A rule of the domain does not allow the operation.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// A statement failed.
    #[error("the database: {0}")]
    Database(DatabaseError),
    /// The database holds a value that this program can't parse. Always a defect.
    #[error("{0}")]
    Unreadable(String),
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

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(DatabaseError(error))
    }
}

impl StoreError {
    /// The error for a value of the database that can't be parsed.
    pub fn unreadable(error: impl std::fmt::Display) -> Self {
        Self::Unreadable(error.to_string())
    }

    /// Whether it may work again without anybody doing anything to the program: a full disk, a lock, a lost connection.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(DatabaseError(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)))
            | Self::Write(_)
            | Self::Stopped => true,
            Self::Database(DatabaseError(error)) => {
                sqlite_code(error).is_some_and(|code| PASSING.contains(&(code & 0xff)))
            }
            Self::Rejected(_) | Self::Unreadable(_) | Self::Folder(..) | Self::Missing(_) | Self::TooNew(_) => false,
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

/// Parses a value that this program wrote into the database.
///
/// # Errors
///
/// [`StoreError::Unreadable`].
pub fn parse_stored<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("the database holds {text:?}, which can't be read")))
}
