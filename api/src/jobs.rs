//! Background jobs, each on its own schedule. A failed job is logged and runs again.

mod anchors;
mod claims;
mod emails;
mod expiry;
mod index;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::state::App;

/// Starts all jobs. Dropping the set stops them.
pub fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    every(&mut jobs, app, Duration::from_mins(1), |app| async move {
        if let Err(error) = app.usage.flush().await {
            tracing::error!(%error, "could not write the usage");
        }
        app.limits.sweep();
    });
    // Frequent, so that a key created by another process is published long before it signs.
    every(&mut jobs, app, Duration::from_secs(20), |app| async move {
        let max_age = Duration::from_hours(24) * u32::from(app.config.tokens.key_rotation_days);
        let result = tokio::task::spawn_blocking(move || app.keys.rotate_if_due(max_age));
        match result.await {
            Ok(Err(error)) => tracing::error!(%error, "could not rotate the signing keys"),
            Err(error) => tracing::error!(%error, "could not rotate the signing keys"),
            Ok(Ok(())) => {}
        }
    });
    every(&mut jobs, app, Duration::from_mins(5), |app| async move {
        if let Err(error) = expiry::delete_expired(&app).await {
            tracing::error!(%error, "could not delete expired data");
        }
    });
    every(&mut jobs, app, Duration::from_mins(5), |app| async move {
        if let Err(error) = claims::run(&app).await {
            tracing::error!(%error, "could not check claims");
        }
    });
    every(&mut jobs, app, Duration::from_mins(1), |app| async move {
        if let Err(error) = anchors::run(&app).await {
            tracing::error!(%error, "could not anchor the audit trails");
        }
    });
    jobs.spawn(emails::run(Arc::clone(app)));
    if app.config.marketplace.is_enabled {
        jobs.spawn(index::run(Arc::clone(app)));
    }
    jobs
}

fn every<F, W>(jobs: &mut JoinSet<()>, app: &Arc<App>, period: Duration, work: F)
where
    F: Fn(Arc<App>) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let app = Arc::clone(app);
    jobs.spawn(async move {
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            work(Arc::clone(&app)).await;
        }
    });
}

pub use anchors::run as anchor_trails;
pub use claims::run as recheck_claims;
pub use expiry::delete_expired;
