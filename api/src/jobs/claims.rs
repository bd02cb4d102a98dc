//! Daily checks of claims, and their expiry.

use futures_util::StreamExt as _;
use store::claims;
use store::records::ClaimRecord;

use crate::claims as checks;
use crate::error::ApiError;
use crate::services::ClaimChecker;
use crate::state::App;

/// Checks at one time: daily checks must not slow down those that callers ask for.
const AT_ONCE: usize = 4;

/// Expires claims whose end has come, and checks those that are due.
pub async fn run(app: &App) -> Result<(), ApiError> {
    expire(app).await?;
    check(app).await
}

async fn expire(app: &App) -> Result<(), ApiError> {
    while claims::expire_ended(&app.store, app.clock.now()).await? {}
    Ok(())
}

/// Checks claims that are due. Each is due again a day later, so this ends.
async fn check(app: &App) -> Result<(), ApiError> {
    let checker = app.claim_checker();
    let due = claims::list_due(&app.store, app.clock.now_ms()).await?;
    let mut checked = futures_util::stream::iter(due).map(|row| check_one(&checker, row)).buffer_unordered(AT_ONCE);
    while let Some(result) = checked.next().await {
        if let Err(error) = result {
            tracing::error!(%error, "a claim could not be checked again");
        }
    }
    Ok(())
}

async fn check_one(checker: &ClaimChecker, row: ClaimRecord) -> Result<(), ApiError> {
    let result = checks::fetched(checker, &row).await?;
    Ok(claims::settle_due(&checker.registry.store, row, result, checker.registry.now()).await?)
}
