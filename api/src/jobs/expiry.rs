//! Deletion of expired data: organizations, links, sessions, revocations, idempotent calls, address logs.

use store::{organizations, retention};

use crate::error::ApiError;
use crate::state::App;

/// Deletes all expired data.
pub async fn delete_expired(app: &App) -> Result<(), ApiError> {
    // An unreadable folder must not prevent the deletion of rows.
    if let Err(error) = app.addresses.sweep(app.clock.now()) {
        tracing::error!(%error, "could not delete old address logs");
    }
    let now = app.clock.now_ms();
    retention::delete_expired(&app.store, now).await?;
    loop {
        match organizations::erase_due(&app.store, now).await? {
            0 => return Ok(()),
            count => tracing::info!(count, "deleted expired organizations"),
        }
    }
}
