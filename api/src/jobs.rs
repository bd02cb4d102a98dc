//! What the process does by itself, each on its own clock: a job that fails says so and is done again.

mod claims;
mod ends;
mod index;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::state::App;

/// Starts all of them. They end with the set.
pub fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    every(&mut jobs, app, Duration::from_mins(1), |app| async move {
        if let Err(error) = app.usage.flush().await {
            tracing::error!(%error, "what was used could not be kept");
        }
        app.limits.sweep();
    });
    // Often, so that a key that was made beside this process is published long before it signs.
    every(&mut jobs, app, Duration::from_secs(20), |app| async move {
        let most = Duration::from_hours(24) * u32::from(app.config.tokens.key_rotation_days);
        let kept = tokio::task::spawn_blocking(move || app.keys.keep_fresh(most));
        match kept.await {
            Ok(Err(error)) => tracing::error!(%error, "signing keys could not be kept fresh"),
            Err(error) => tracing::error!(%error, "signing keys could not be kept fresh"),
            Ok(Ok(())) => {}
        }
    });
    every(&mut jobs, app, Duration::from_mins(5), |app| async move {
        if let Err(error) = ends::run(&app).await {
            tracing::error!(%error, "what has ended could not be removed");
        }
    });
    every(&mut jobs, app, Duration::from_mins(5), |app| async move {
        if let Err(error) = claims::run(&app).await {
            tracing::error!(%error, "claims could not be checked again");
        }
    });
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

pub use claims::run as check_claims_again;
pub use ends::run as remove_what_has_ended;
