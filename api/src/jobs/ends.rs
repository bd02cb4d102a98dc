//! Deletion of what has expired: organizations, links, sessions, revocations, idempotent calls, files of addresses.

use store::{organizations, retention};

use crate::error::ApiError;
use crate::state::App;

/// Deletes all of it.
pub async fn run(app: &App) -> Result<(), ApiError> {
    // A folder that can't be read must not keep rows from their end.
    if let Err(error) = app.addresses.sweep(app.clock.now()) {
        tracing::error!(%error, "the files of addresses could not be removed");
    }
    let now = app.clock.now_ms();
    retention::delete_expired(&app.store, now).await?;
    loop {
        match organizations::erase_ended(&app.store, now).await? {
            0 => return Ok(()),
            count => tracing::info!(count, "organizations were removed: their time was over"),
        }
    }
}
