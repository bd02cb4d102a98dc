//! Makes the marketplace's index, and keeps it as the database is.

use std::sync::Arc;
use std::time::Duration;

use crate::marketplace::{build, follow};
use crate::state::App;

/// Longest time between two looks into the outbox: other processes write there too.
const PERIOD: Duration = Duration::from_millis(800);
/// Shortest time between two looks, so that many small changes are taken in together.
const PAUSE: Duration = Duration::from_millis(100);

/// Until the process ends.
pub(super) async fn run(app: Arc<App>) {
    while let Err(error) = build(&app.store, &app.market).await {
        tracing::error!(%error, "the marketplace's index could not be made");
        tokio::time::sleep(PERIOD).await;
    }
    loop {
        tokio::select! {
            () = app.store.committed() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
        if let Err(error) = follow(&app.store, &app.market).await {
            tracing::error!(%error, "the marketplace's index could not follow");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
