//! `GET /api/v1/marketplace/changes`

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::retention::CHANGES_MS;
use domain::time::rfc3339;
use serde::{Deserialize, Serialize};
use store::outbox;
use store::records::OutboxRecord;
use utoipa::{IntoParams, ToSchema};

use crate::error::ApiError;
use crate::extract::query::{Query, out_of_range};
use crate::registry::Registry;

/// Granularity of a cursor's time without changes, in milliseconds, so that equal responses have the same `ETag`.
const STEP_MS: i64 = 3_600_000;

/// Query for changes.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// Cursor: `nextCursor` of the previous response. Default: from the oldest available change.
    #[param(min_length = 1, max_length = 200)]
    pub since: Option<String>,
    /// Maximum number of changes.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u64>,
}

/// Changes in order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceChanges, example = json!({
    "data": [{ "agentId": "01993b6e-8123-7d11-8a2b-77c1d9a0be55", "kind": "published", "at": "2026-11-25T09:40:00.000Z" }],
    "nextCursor": "AAAAAAAAAAEAAAGZO24", "hasMore": false, "reset": false,
}))]
pub struct ChangesView {
    /// Changes, oldest first.
    pub data: Vec<ChangeView>,
    /// Cursor for the next request.
    pub next_cursor: String,
    /// True if further changes are available.
    pub has_more: bool,
    /// True if earlier changes are no longer available: read all agents again, then continue from `nextCursor`.
    pub reset: bool,
}

/// Change to an agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceChange)]
pub struct ChangeView {
    /// ID of the agent.
    #[schema(format = Uuid)]
    pub agent_id: String,
    /// Kind: `published`, `changed`, `hidden` (possibly temporary) or `gone`.
    #[schema(pattern = "^(published|changed|hidden|gone)$")]
    pub kind: String,
    /// Time of the change.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Position in the changes: all up to `seq` are known, and nothing before `at` follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    seq: i64,
    at: i64,
}

impl Mark {
    fn encode(self) -> String {
        URL_SAFE_NO_PAD.encode([self.seq.to_be_bytes(), self.at.to_be_bytes()].concat())
    }

    fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (seq, at) = bytes.split_first_chunk()?;
        Some(Self { seq: i64::from_be_bytes(*seq), at: i64::from_be_bytes(at.try_into().ok()?) })
    }
}

/// List marketplace changes
///
/// Changes to agents in order, for mirrors: read each listed agent again. Changes are retained for 7 days. After a
/// longer pause, `reset` is true: read all agents again.
#[utoipa::path(get, path = "/marketplace/changes", tag = "Marketplace", operation_id = "getMarketplaceChanges", security(()),
    params(Since), responses((status = 200, description = "Changes.", body = ChangesView)))]
pub async fn list_changes(
    State(registry): State<Registry>,
    Query(query): Query<Since>,
) -> Result<Json<ChangesView>, ApiError> {
    let limit = query.limit.unwrap_or(100);
    if !(1..=1000).contains(&limit) {
        return Err(ApiError::invalid_field("limit", out_of_range(1, 1000)));
    }
    let now = registry.now_ms();
    let last = outbox::last(&registry.store).await?;
    let head = Mark {
        seq: last.as_ref().map_or(0, |row| row.seq),
        at: last.as_ref().map_or(0, |row| row.at).max(now - now.rem_euclid(STEP_MS)),
    };
    let first = outbox::first(&registry.store).await?;
    if query.since.as_ref().is_some_and(|since| since.chars().count() > 200) {
        return Err(ApiError::invalid_field("since", "is not a valid cursor"));
    }
    let since = match &query.since {
        // All changes are available as long as the first one is.
        None => first.is_none_or(|first| first.seq <= 1).then_some(Mark { seq: 0, at: now }),
        Some(text) => Mark::decode(text).filter(|mark| is_valid(*mark, head, now)),
    };
    let Some(since) = since else {
        return Ok(Json(ChangesView { data: Vec::new(), next_cursor: head.encode(), has_more: false, reset: true }));
    };
    let mut rows = outbox::list_after(&registry.store, since.seq, limit + 1).await?;
    let has_more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let end = match rows.last() {
        Some(row) if has_more => Mark { seq: row.seq, at: row.at },
        Some(row) => Mark { seq: row.seq, at: head.at },
        None => Mark { seq: since.seq.max(head.seq), at: head.at },
    };
    let view = |row: OutboxRecord| ChangeView { agent_id: row.agent_id, kind: row.kind, at: rfc3339(row.at) };
    let data = rows.into_iter().map(view).collect();
    Ok(Json(ChangesView { data, next_cursor: end.encode(), has_more, reset: false }))
}

/// Returns true if no change after a mark can have been deleted and the mark belongs to this database.
fn is_valid(mark: Mark, head: Mark, now: i64) -> bool {
    let is_kept = mark.at > now - CHANGES_MS + STEP_MS;
    is_kept && mark.at <= now + STEP_MS && mark.seq >= 0 && (head.seq == 0 || mark.seq <= head.seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_valid_while_changes_are_retained() {
        let now = 1_000 * 86_400_000;
        let head = Mark { seq: 9, at: now };
        assert!(is_valid(Mark { seq: 3, at: now - 6 * 86_400_000 }, head, now));
        assert!(!is_valid(Mark { seq: 3, at: now - 7 * 86_400_000 }, head, now), "later changes may be deleted");
        assert!(!is_valid(Mark { seq: 10, at: now }, head, now), "a mark of another database");
        let mark = Mark { seq: 3, at: 5 };
        assert_eq!(Mark::decode(&mark.encode()), Some(mark));
        assert!(Mark::decode("nonsense").is_none() && Mark::decode("").is_none());
    }
}
