//! Job that anchors the heads of audit trails.

use std::sync::Arc;

use serde_json::json;
use store::audit::{self, RecordedHead};

use crate::config::Algorithm;
use crate::error::ApiError;
use crate::state::App;

/// Chains per batch, so that other work goes on in between.
const BATCH: u64 = 500;

/// Anchors the heads of all chains, logs the digest of the file, and reports chains that contradict their anchor or whose
/// head is not authentic. Neither are anchored.
pub async fn run(app: &Arc<App>) -> Result<(), ApiError> {
    let (mut newer, mut broken, mut after) = (Vec::new(), 0, None);
    loop {
        let heads = audit::list_heads(&app.store, after, BATCH).await?;
        let Some((last, _)) = heads.last() else { break };
        after = Some(*last);
        for (organization, RecordedHead { head, is_authentic }) in heads {
            let is_continued = match app.anchors.find(organization).map(|anchor| anchor.head()) {
                None => true,
                Some(anchor) if anchor == head => is_authentic,
                Some(anchor) => head.seq > anchor.seq && audit::contains(&app.store, organization, &anchor).await?,
            };
            if !is_continued {
                tracing::error!(%organization, "the audit trail contradicts its anchor: it was truncated or rewritten");
            } else if !is_authentic {
                tracing::error!(%organization, "the head of the audit trail is not authentic: it was changed in the database");
            }
            if !is_continued || !is_authentic {
                broken += 1;
            } else if app.anchors.find(organization).is_none_or(|anchor| anchor.head() != head) {
                newer.push((organization, head));
            }
        }
    }
    app.metrics.broken_trails.set(broken);
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
