//! Job that builds and updates the marketplace index.

use std::sync::Arc;
use std::time::Duration;

use crate::marketplace::{build, follow};
use crate::state::App;

/// Maximum interval between reads of the outbox: other processes write to it too.
const PERIOD: Duration = Duration::from_millis(800);
/// Minimum interval between reads, so that many small changes are indexed together.
const PAUSE: Duration = Duration::from_millis(100);

/// Runs until the process stops.
pub(super) async fn run(app: Arc<App>) {
    while let Err(error) = build(&app.store, &app.market).await {
        tracing::error!(%error, "could not build the marketplace index");
        tokio::time::sleep(PERIOD).await;
    }
    loop {
        tokio::select! {
            () = app.store.committed() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
        if let Err(error) = follow(&app.store, &app.market).await {
            tracing::error!(%error, "could not update the marketplace index");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
