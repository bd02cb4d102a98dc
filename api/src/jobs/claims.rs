//! Daily checks of claims, and their expiry.

use futures_util::StreamExt as _;
use store::claims;
use store::records::ClaimRecord;

use crate::claim_checks;
use crate::error::ApiError;
use crate::services::ClaimChecker;
use crate::state::App;

/// Maximum number of concurrent checks: daily checks must not delay those that callers request.
const MAX_CONCURRENT: usize = 4;

/// Expires claims past their expiry and checks those that are due.
pub async fn run(app: &App) -> Result<(), ApiError> {
    expire(app).await?;
    check(app).await
}

async fn expire(app: &App) -> Result<(), ApiError> {
    while claims::expire_due(&app.store, app.clock.now()).await? {}
    Ok(())
}

/// Checks all due claims, a batch at a time. A checked one is due again a day later, so the loop ends.
async fn check(app: &App) -> Result<(), ApiError> {
    let checker = app.claim_checker();
    loop {
        let due = claims::list_due(&app.store, app.clock.now_ms()).await?;
        let mut checked =
            futures_util::stream::iter(due).map(|row| check_one(&checker, row)).buffer_unordered(MAX_CONCURRENT);
        let mut is_advancing = false;
        while let Some(result) = checked.next().await {
            match result {
                Ok(()) => is_advancing = true,
                Err(error) => tracing::error!(%error, "could not check a claim"),
            }
        }
        // Claims whose result could not be recorded are still due: the next run tries them again.
        if !is_advancing {
            return Ok(());
        }
    }
}

async fn check_one(checker: &ClaimChecker, row: ClaimRecord) -> Result<(), ApiError> {
    let result = claim_checks::check_by_fetch(checker, &row).await?;
    Ok(claims::record_due_check(&checker.registry.store, row, result, checker.registry.now()).await?)
}
