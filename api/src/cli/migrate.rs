//! `api migrate`

use std::path::Path;

use store::Store;

/// Brings the database up to date, and ends. A server does the same when it starts.
pub(super) async fn run(data_dir: &Path) -> Result<(), String> {
    Store::sqlite(data_dir).await.map(|_| ()).map_err(|error| format!("DATA_DIR: {error}"))
}
