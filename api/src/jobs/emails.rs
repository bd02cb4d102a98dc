//! Job that sends queued emails.

use std::sync::Arc;
use std::time::Duration;

use store::email_queue;

use crate::state::App;

/// Maximum interval between reads of the queue: retries become due, and other processes queue emails too.
const PERIOD: Duration = Duration::from_secs(1);

/// Runs until the process stops.
pub(super) async fn run(app: Arc<App>) {
    loop {
        match app.mail.send_due(&app.store, &app.clock).await {
            // There may be more.
            Ok(count) if count > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "could not read the queue of emails"),
        }
        if let Ok(count) = email_queue::count(&app.store).await {
            app.metrics.queued_emails.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        tokio::select! {
            () = app.mail.woken() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}
