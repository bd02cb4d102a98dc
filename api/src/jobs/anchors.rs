//! Job that anchors the heads of audit trails.

use std::sync::Arc;

use serde_json::json;
use store::audit;

use crate::config::Algorithm;
use crate::error::ApiError;
use crate::state::App;

/// Anchors the heads of all chains, logs the digest of the file, and reports chains that contradict their anchor. Heads that
/// are not authentic are left out, and so are those of chains that don't contain their anchor.
pub async fn run(app: &Arc<App>) -> Result<(), ApiError> {
    let (mut newer, mut contradicting) = (Vec::new(), 0);
    for (organization, recorded) in audit::list_heads(&app.store).await? {
        let head = recorded.head;
        let is_continued = match app.anchors.find(organization).map(|anchor| anchor.head()) {
            None => true,
            Some(anchor) if anchor == head => continue,
            Some(anchor) => head.seq > anchor.seq && audit::contains(&app.store, organization, &anchor).await?,
        };
        if !is_continued {
            tracing::error!(%organization, "the audit trail contradicts its anchor: it was truncated or rewritten");
            contradicting += 1;
        } else if recorded.is_authentic {
            newer.push((organization, head));
        }
    }
    app.metrics.broken_trails.set(contradicting);
    let (app, now) = (Arc::clone(app), app.clock.now());
    let work = tokio::task::spawn_blocking(move || {
        let stored = app.anchors.store(newer, now.as_millisecond()).map_err(ApiError::internal)?;
        let Some(digest) = stored else { return Ok(()) };
        let key = app.keys.signer(Algorithm::EdDsa).ok_or_else(|| ApiError::internal("no EdDSA signing key"))?;
        let claims = json!({ "iss": app.origins.issuer, "iat": now.as_second(), "sha256": digest });
        let signature = key.sign("audit-anchor+jwt", &claims)?;
        app.anchors.log(now, &digest, &signature).map_err(ApiError::internal)?;
        // The log can leave the machine in another way than the folder.
        tracing::info!(sha256 = digest, signature, "anchored the audit trails");
        Ok(())
    });
    work.await.map_err(ApiError::internal)?
}
