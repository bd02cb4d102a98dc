//! `api backup` and `api restore`

use std::path::Path;

use store::backup as backups;

/// Backs up the database as a consistent snapshot, also while a server is running.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn backup(data_dir: &Path, file: &Path) -> Result<(), String> {
    let bytes = backups::backup(data_dir, file).await.map_err(|error| error.to_string())?;
    println!("Wrote {}: {bytes} bytes. Keys are not included: back up KEY_DIR separately.", file.display());
    Ok(())
}

/// Restores the database from a backup.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn restore(data_dir: &Path, file: &Path, replace: bool) -> Result<(), String> {
    let previous = backups::restore(data_dir, file, replace).await.map_err(|error| error.to_string())?;
    println!("Restored the database from {}. It requires its original KEY_DIR.", file.display());
    println!("Move the files in AUDIT_ANCHOR_DIR away: they are of later audit trails than those of the backup.");
    if let Some(previous) = previous {
        println!("The previous database is kept as {}. Delete it when you no longer need it.", previous.display());
    }
    Ok(())
}
