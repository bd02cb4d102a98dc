//! `api migrate`

use std::path::Path;

use store::Store;

/// Runs database migrations.
pub(super) async fn run(data_dir: &Path) -> Result<(), String> {
    Store::open(data_dir, None).await.map(|_| ()).map_err(|error| format!("DATA_DIR: {error}"))
}
