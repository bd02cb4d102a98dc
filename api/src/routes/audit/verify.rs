//! `GET /api/v1/audit/verify`

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use domain::audit::Fault;
use domain::id::OrganizationId;
use domain::time::rfc3339;
use futures_util::stream;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::audit::{self, Head, Verification};
use store::{Store, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use utoipa::{IntoParams, ToSchema};

use crate::anchors::{Anchor, Anchors};
use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::Query;
use crate::registry::Registry;

/// Time after which the response begins, whether the verification is complete or not, and time between signs of progress.
const INTERVAL: Duration = Duration::from_secs(1);

/// Place from which a chain is verified.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Checkpoint {
    /// Head of this chain that you have stored, as sequence number, colon and hash: earlier events are not verified again.
    /// The event must still have that hash.
    #[param(pattern = "^[1-9][0-9]{0,11}:[0-9a-f]{64}$")]
    pub after: Option<String>,
}

/// Parses a checkpoint.
fn parse_checkpoint(text: &str) -> Result<Head, ApiError> {
    let invalid = || ApiError::invalid_field("after", "must be the sequence number of a head, a colon and its hash");
    let (seq, hash) = text.split_once(':').ok_or_else(invalid)?;
    let is_number =
        (1..=12).contains(&seq.len()) && !seq.starts_with('0') && seq.bytes().all(|digit| digit.is_ascii_digit());
    let is_hash = hash.len() == 64 && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    match seq.parse() {
        Ok(seq) if is_number && is_hash => Ok(Head { seq, hash: hash.to_owned() }),
        _ => Err(invalid()),
    }
}

/// Result of a verification of the chain.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditVerification, example = json!({
    "verified": true, "checkedCount": 3, "brokenAtSeq": null, "brokenAtEventId": null, "fault": null, "headSeq": 3,
    "headHash": "9d2f1a7b3c5e8d0f2a4b6c8e0d1f3a5b7c9e0f2d4b6a8c0e1f3d5b7a9c8e6f02", "reachesHead": true, "headAuthentic": true, "reachesAnchor": true,
    "anchor": {
        "headSeq": 2, "headHash": "4a1be2c0d9f87e65b3a4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80912", "anchoredAt": "2026-11-30T09:30:00.000Z",
    },
}))]
#[allow(clippy::struct_excessive_bools, reason = "fields of the contract")]
pub struct AuditVerification {
    /// True if every event is intact, the chain reaches its head, the head is authentic, and the chain contains the anchor.
    pub verified: bool,
    /// Number of consecutive intact events, starting with the first, or with the one after the checkpoint.
    pub checked_count: u64,
    /// Sequence number of the first faulty event. `null` if no event is faulty.
    pub broken_at_seq: Option<i64>,
    /// ID of the first faulty event. `null` if no event is faulty, or if there is no event.
    pub broken_at_event_id: Option<String>,
    /// Fault of that event: `gap`, `link` or `content`.
    #[schema(value_type = Option<String>, pattern = "^(gap|link|content)$")]
    pub fault: Option<Fault>,
    /// Sequence number of the head.
    pub head_seq: u64,
    /// Hash of the head.
    pub head_hash: String,
    /// True if the chain reaches its head; false if its end was truncated.
    pub reaches_head: bool,
    /// True if the head is authentic: it has a code under a key that is not in the database, and so had every head before
    /// it.
    pub head_authentic: bool,
    /// Newest head that was stored outside the database. `null` if there is none yet.
    pub anchor: Option<AuditAnchor>,
    /// True if the chain contains the anchor; false if the chain was truncated or rewritten since.
    pub reaches_anchor: bool,
}

/// Head of a chain that was stored outside the database.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditAnchor)]
pub struct AuditAnchor {
    /// Sequence number of the head.
    pub head_seq: u64,
    /// Hash of the head.
    pub head_hash: String,
    /// Time at which the head was stored.
    #[schema(format = DateTime)]
    pub anchored_at: String,
}

impl From<Anchor> for AuditAnchor {
    fn from(anchor: Anchor) -> Self {
        Self { head_seq: anchor.head_seq, head_hash: anchor.head_hash, anchored_at: rfc3339(anchor.anchored_at) }
    }
}

impl AuditVerification {
    fn new(result: Verification, anchor: Option<Anchor>) -> Self {
        let (broken_at_seq, broken_at_event_id, fault) = match result.broken {
            Some(broken) => (Some(broken.seq), broken.event_id, Some(broken.fault)),
            None => (None, None, None),
        };
        Self {
            verified: fault.is_none() && result.reaches_head && result.is_authentic && result.reaches_anchor,
            checked_count: result.checked_count,
            broken_at_seq,
            broken_at_event_id,
            fault,
            head_seq: result.head.seq,
            head_hash: result.head.hash,
            reaches_head: result.reaches_head,
            head_authentic: result.is_authentic,
            anchor: anchor.map(Into::into),
            reaches_anchor: result.reaches_anchor,
        }
    }
}

/// Verify the audit trail
///
/// Recomputes every hash up to the head, from the first event or from a checkpoint. A long chain takes a while: from the
/// first second on, the response sends a space each second before its JSON. With `Accept: application/jsonl`, it sends a
/// line with `checkedCount` instead, and the result in the last line. To verify the trail independently, export it and
/// recompute the hashes. One verification of a chain can run at a time.
#[utoipa::path(get, path = "/audit/verify", tag = "Audit", operation_id = "verifyAuditTrail", security(("bearer" = ["audit:read"])),
    params(Checkpoint), responses((status = 200, description = "Result of the verification.", body = AuditVerification)))]
pub async fn verify(
    State(registry): State<Registry>,
    State(anchors): State<Arc<Anchors>>,
    caller: Caller<AuditRead>,
    headers: HeaderMap,
    Query(checkpoint): Query<Checkpoint>,
) -> Result<Response, ApiError> {
    caller.require_organization()?;
    let checkpoint = checkpoint.after.as_deref().map(parse_checkpoint).transpose()?;
    let anchor = anchors.find(caller.organization_id);
    let mut running = Running::start(registry.store.clone(), caller.organization_id, checkpoint, anchor);
    if let Ok(result) = timeout(INTERVAL, running.result()).await {
        return Ok(Json(result?).into_response());
    }
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sends_lines = accept.split(',').any(|one| one.split(';').next().unwrap_or_default().trim() == LINES);
    let kind = if sends_lines { LINES } else { "application/json" };
    let parts = stream::unfold(Some(running), move |running| part(running, sends_lines));
    Ok(([(CONTENT_TYPE, kind)], Body::from_stream(parts)).into_response())
}

/// Media type of JSON Lines.
const LINES: &str = "application/jsonl";

/// Verification in progress; stopped when dropped.
struct Running {
    tasks: JoinSet<Result<Verification, StoreError>>,
    checked_count: watch::Receiver<u64>,
    anchor: Option<Anchor>,
}

impl Running {
    fn start(store: Store, organization: OrganizationId, checkpoint: Option<Head>, anchor: Option<Anchor>) -> Self {
        let (report, checked_count) = watch::channel(0);
        let mut tasks = JoinSet::new();
        let anchored = anchor.as_ref().map(Anchor::head);
        tasks.spawn(async move {
            let report = |count| {
                report.send_replace(count);
            };
            audit::verify(&store, organization, checkpoint, anchored, report).await
        });
        Self { tasks, checked_count, anchor }
    }

    /// Waits for the result.
    async fn result(&mut self) -> Result<AuditVerification, ApiError> {
        let joined =
            self.tasks.join_next().await.ok_or_else(|| ApiError::internal("a verification without a result"))?;
        Ok(AuditVerification::new(joined.map_err(ApiError::internal)??, self.anchor.take()))
    }
}

/// Returns the next part of a response: a sign of progress, or the result. An error aborts the response.
async fn part(running: Option<Running>, sends_lines: bool) -> Option<(std::io::Result<Bytes>, Option<Running>)> {
    let mut running = running?;
    let Ok(result) = timeout(INTERVAL, running.result()).await else {
        let sign = if sends_lines {
            format!("{}\n", json!({ "checkedCount": *running.checked_count.borrow() }))
        } else {
            " ".to_owned()
        };
        return Some((Ok(sign.into()), Some(running)));
    };
    let text = result.and_then(|result| {
        let mut text = serde_json::to_vec(&result).map_err(ApiError::internal)?;
        if sends_lines {
            text.push(b'\n');
        }
        Ok(Bytes::from(text))
    });
    Some((text.map_err(std::io::Error::other), None))
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    /// A verification that ends when told, and has checked some events.
    fn running(checked_count: u64) -> (Running, oneshot::Sender<()>) {
        let (end, ended) = oneshot::channel();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let _ = ended.await;
            let head = Head { seq: 7, hash: "hash".to_owned() };
            Ok(Verification {
                checked_count: 7,
                broken: None,
                head,
                is_authentic: true,
                reaches_anchor: true,
                reaches_head: true,
            })
        });
        // Dropping the sender keeps the last value.
        (Running { tasks, checked_count: watch::channel(checked_count).1, anchor: None }, end)
    }

    #[tokio::test]
    async fn a_long_verification_sends_signs_of_progress_before_its_result() {
        for (sends_lines, sign) in [(true, "{\"checkedCount\":3}\n"), (false, " ")] {
            let (verification, end) = running(3);
            let (first, rest) = part(Some(verification), sends_lines).await.expect("a part");
            assert_eq!(first.expect("a sign"), sign);
            end.send(()).expect("still running");
            let (last, rest) = part(rest, sends_lines).await.expect("a result");
            let result: serde_json::Value = serde_json::from_slice(&last.expect("a result")).expect("JSON");
            assert_eq!((&result["verified"], &result["checkedCount"]), (&json!(true), &json!(7)));
            assert!(part(rest, sends_lines).await.is_none());
        }
    }

    #[tokio::test]
    async fn a_failed_verification_aborts_the_response() {
        let mut tasks = JoinSet::new();
        tasks.spawn(async { Err(StoreError::Stopped) });
        let failed = Running { tasks, checked_count: watch::channel(0).1, anchor: None };
        let (last, rest) = part(Some(failed), true).await.expect("a part");
        assert!(last.is_err() && rest.is_none());
    }
}
