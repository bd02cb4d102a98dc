//! Copies of the database: made while it is in use, and put back.

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

/// Why there is no copy, or none was put back.
#[derive(Debug, Error)]
pub enum CopyError {
    /// There is no database to copy.
    #[error("{}: there is no database here; set DATA_DIR to the folder of the server's", .0.display())]
    NoDatabase(PathBuf),
    /// The file is there already.
    #[error("{}: the file is there already; name another one", .0.display())]
    Exists(PathBuf),
    /// There is a database already.
    #[error("{}: there is a database already; use --replace to put the backup in its place", .0.display())]
    Occupied(PathBuf),
    /// A server is running on it.
    #[error("{}: a server is running on this database; stop it first", .0.display())]
    InUse(PathBuf),
    /// The file is no sound database.
    #[error("{file}: it is no sound backup: {reason}", file = .0.display(), reason = .1)]
    Unsound(PathBuf, String),
    /// The file is a database of something else.
    #[error("{}: it is no backup of this service's database", .0.display())]
    Foreign(PathBuf),
    /// The system.
    #[error("{file}: {error}", file = .0.display(), error = .1)]
    File(PathBuf, std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for CopyError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Writes the database of a folder to a file, whole as of one moment; its size in bytes.
pub async fn backup(folder: &Path, file: &Path) -> Result<u64, CopyError> {
    let database = folder.join(FILE);
    if !database.exists() {
        return Err(CopyError::NoDatabase(folder.to_owned()));
    }
    if file.exists() {
        return Err(CopyError::Exists(file.to_owned()));
    }
    let connection = open(&database, SqliteJournalMode::Wal).await?;
    let name = file.to_string_lossy().into_owned();
    connection.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()])).await?;
    connection.close().await?;
    fs::metadata(file).map(|about| about.len()).map_err(|error| CopyError::File(file.to_owned(), error))
}

/// Puts a backup in the place of a folder's database. What was there is kept beside it: the path that it has now.
pub async fn restore(folder: &Path, file: &Path, is_replacing: bool) -> Result<Option<PathBuf>, CopyError> {
    check(file).await?;
    let wrong = |path: &Path| {
        let path = path.to_owned();
        move |error| CopyError::File(path, error)
    };
    fs::create_dir_all(folder).map_err(wrong(folder))?;
    let database = folder.join(FILE);
    let is_there = database.exists();
    if is_there {
        if !is_replacing {
            return Err(CopyError::Occupied(folder.to_owned()));
        }
        // Only who is alone with a database may take its log away, and then there is none that would be read over the copy.
        let alone =
            open(&database, SqliteJournalMode::Delete).await.map_err(|_| CopyError::InUse(folder.to_owned()))?;
        alone.close().await?;
    }
    let partial = folder.join(format!("{FILE}.restored"));
    fs::copy(file, &partial).map_err(wrong(&partial))?;
    // A copy that came over a network may be open to all.
    fs::set_permissions(&partial, fs::Permissions::from_mode(0o600)).map_err(wrong(&partial))?;
    fs::File::open(&partial).and_then(|file| file.sync_all()).map_err(wrong(&partial))?;
    let before = if is_there {
        let kept = folder.join(format!("{FILE}.before-{}", Timestamp::now().as_second()));
        // A second name first: there is no moment without a database, in which a server would begin an empty one.
        fs::hard_link(&database, &kept).map_err(wrong(&kept))?;
        Some(kept)
    } else {
        None
    };
    fs::rename(&partial, &database).map_err(wrong(&database))?;
    // Opened once: what can't be brought up to date is told now.
    Store::sqlite(folder).await?;
    Ok(before)
}

async fn check(file: &Path) -> Result<(), CopyError> {
    let unsound = |reason: String| CopyError::Unsound(file.to_owned(), reason);
    if !file.exists() {
        return Err(unsound("there is no such file".to_owned()));
    }
    let connection = open(file, SqliteJournalMode::Delete).await.map_err(|error| unsound(error.to_string()))?;
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
    let row = connection.query_one_raw(statement).await.map_err(|error| unsound(error.to_string()))?;
    let told: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if told != "ok" {
        return Err(unsound(told));
    }
    // Each of our databases has this table from its first version on.
    setting::Entity::find().one(&connection).await.map_err(|_| CopyError::Foreign(file.to_owned()))?;
    super::not_too_new(&connection).await?;
    connection.close().await?;
    Ok(())
}

async fn open(file: &Path, mode: SqliteJournalMode) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", file.display()));
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |sqlite| sqlite.journal_mode(mode));
    Database::connect(options).await
}
