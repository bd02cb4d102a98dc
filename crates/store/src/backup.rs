//! Online backup and restore of the database.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, DbErr, EntityTrait as _, Statement,
};
use thiserror::Error;

use super::entity::setting;
use super::{FILE, Store, StoreError};

/// Error of a backup or restore.
#[derive(Debug, Error)]
pub enum BackupError {
    /// No database to back up.
    #[error("No database in {}. Set DATA_DIR to the data directory of the server.", .0.display())]
    NoDatabase(PathBuf),
    /// Target file exists.
    #[error("{} already exists. Choose another file.", .0.display())]
    Exists(PathBuf),
    /// Target database exists.
    #[error("{} already contains a database. Use --replace to replace it.", .0.display())]
    Occupied(PathBuf),
    /// Server is running on the database.
    #[error("A server is using the database in {}. Stop it first.", .0.display())]
    InUse(PathBuf),
    /// File is corrupt.
    #[error("{file} is not a valid backup: {reason}", file = .0.display(), reason = .1)]
    Invalid(PathBuf, String),
    /// File is a database of another program.
    #[error("{} is not a backup of a SentryAgent database.", .0.display())]
    Foreign(PathBuf),
    /// I/O error.
    #[error("{file}: {error}", file = .0.display(), error = .1)]
    File(PathBuf, std::io::Error),
    /// Database error.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for BackupError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Backs up the database of a folder to a file, as a consistent snapshot. Returns its size in bytes.
pub async fn backup(folder: &Path, file: &Path) -> Result<u64, BackupError> {
    let database = folder.join(FILE);
    if !database.exists() {
        return Err(BackupError::NoDatabase(folder.to_owned()));
    }
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let connection = open(&database, SqliteJournalMode::Wal).await?;
    let name = file.to_string_lossy().into_owned();
    connection.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()])).await?;
    connection.close().await?;
    fs::metadata(file).map(|about| about.len()).map_err(|error| BackupError::File(file.to_owned(), error))
}

/// Restores a folder's database from a backup. Keeps the previous database beside it and returns its new path.
pub async fn restore(folder: &Path, file: &Path, replace: bool) -> Result<Option<PathBuf>, BackupError> {
    check(file).await?;
    let file_error = |path: &Path| {
        let path = path.to_owned();
        move |error| BackupError::File(path, error)
    };
    fs::create_dir_all(folder).map_err(file_error(folder))?;
    let database = folder.join(FILE);
    let exists = database.exists();
    if exists {
        if !replace {
            return Err(BackupError::Occupied(folder.to_owned()));
        }
        // Only an exclusive connection can remove the write-ahead log, which must not be replayed over the backup.
        let exclusive =
            open(&database, SqliteJournalMode::Delete).await.map_err(|_| BackupError::InUse(folder.to_owned()))?;
        exclusive.close().await?;
    }
    let partial = folder.join(format!("{FILE}.restored"));
    fs::copy(file, &partial).map_err(file_error(&partial))?;
    // A file copied over a network may be world-readable.
    fs::set_permissions(&partial, fs::Permissions::from_mode(0o600)).map_err(file_error(&partial))?;
    fs::File::open(&partial).and_then(|file| file.sync_all()).map_err(file_error(&partial))?;
    let before = if exists {
        let previous = folder.join(format!("{FILE}.before-{}", Timestamp::now().as_second()));
        // Links first, then replaces: at no moment is the database missing, in which case a starting server would
        // create an empty one.
        fs::hard_link(&database, &previous).map_err(file_error(&previous))?;
        Some(previous)
    } else {
        None
    };
    fs::rename(&partial, &database).map_err(file_error(&database))?;
    // Opens the database once, so that a failing migration is reported now.
    Store::open(folder, None).await?;
    Ok(before)
}

async fn check(file: &Path) -> Result<(), BackupError> {
    let invalid = |reason: String| BackupError::Invalid(file.to_owned(), reason);
    if !file.exists() {
        return Err(invalid("file not found".to_owned()));
    }
    let connection = open(file, SqliteJournalMode::Delete).await.map_err(|error| invalid(error.to_string()))?;
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
    let row = connection.query_one_raw(statement).await.map_err(|error| invalid(error.to_string()))?;
    let report: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if report != "ok" {
        return Err(invalid(report));
    }
    // Every version of the database has this table.
    setting::Entity::find().one(&connection).await.map_err(|_| BackupError::Foreign(file.to_owned()))?;
    super::reject_newer(&connection).await?;
    connection.close().await?;
    Ok(())
}

async fn open(file: &Path, mode: SqliteJournalMode) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", file.display()));
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |sqlite| sqlite.journal_mode(mode));
    Database::connect(options).await
}
