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
use crate::extract::query::{Query, outside};
use crate::registry::Registry;

/// How often a cursor's time moves while nothing happens, in milliseconds: the same answer has the same `ETag`.
const STEP_MS: i64 = 3_600_000;

/// From where on, and how many.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The `nextCursor` of the last answer. Without one, from the first change that is known.
    #[param(min_length = 1, max_length = 200)]
    pub since: Option<String>,
    /// How many changes at most.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u64>,
}

/// Changes, in the order in which they happened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceChanges, example = json!({
    "data": [{ "agentId": "01993b6e-8123-7d11-8a2b-77c1d9a0be55", "kind": "published", "at": "2026-11-25T09:40:00.000Z" }],
    "nextCursor": "AAAAAAAAAAEAAAGZO24", "hasMore": false, "reset": false,
}))]
pub struct ChangesView {
    /// The changes.
    pub data: Vec<ChangeView>,
    /// Where to go on.
    pub next_cursor: String,
    /// Whether there are more already.
    pub has_more: bool,
    /// Whether changes before these are no longer known: read all agents anew, then go on from `nextCursor`.
    pub reset: bool,
}

/// A change.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceChange)]
pub struct ChangeView {
    /// The agent.
    #[schema(format = Uuid)]
    pub agent_id: String,
    /// `published`, `changed`, `hidden` (it may come back) or `gone`.
    #[schema(pattern = "^(published|changed|hidden|gone)$")]
    pub kind: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// A place among the changes: all up to `seq` are known, and nothing before `at` comes behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    seq: i64,
    at: i64,
}

impl Mark {
    fn write(self) -> String {
        URL_SAFE_NO_PAD.encode([self.seq.to_be_bytes(), self.at.to_be_bytes()].concat())
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (seq, at) = bytes.split_first_chunk()?;
        Some(Self { seq: i64::from_be_bytes(*seq), at: i64::from_be_bytes(at.try_into().ok()?) })
    }
}

/// Follow the marketplace
///
/// What happened to which agents, in order, for mirrors: read an agent again that is named here. Changes are kept for 7
/// days; whoever comes later is told to read everything anew.
#[utoipa::path(get, path = "/marketplace/changes", tag = "Marketplace", operation_id = "getMarketplaceChanges", security(()),
    params(Since), responses((status = 200, description = "Changes.", body = ChangesView)))]
pub async fn changes(
    State(registry): State<Registry>,
    Query(asked): Query<Since>,
) -> Result<Json<ChangesView>, ApiError> {
    let limit = asked.limit.unwrap_or(100);
    if !(1..=1000).contains(&limit) {
        return Err(ApiError::wrong("limit", outside(1, 1000)));
    }
    let now = registry.now_ms();
    let last = outbox::last(&registry.store).await?;
    let head = Mark {
        seq: last.as_ref().map_or(0, |row| row.seq),
        at: last.as_ref().map_or(0, |row| row.at).max(now - now.rem_euclid(STEP_MS)),
    };
    let first = outbox::first(&registry.store).await?;
    if asked.since.as_ref().is_some_and(|since| since.chars().count() > 200) {
        return Err(ApiError::wrong("since", "is longer than any cursor"));
    }
    let since = match &asked.since {
        // All that ever happened is known as long as the first change is.
        None => first.is_none_or(|first| first.seq <= 1).then_some(Mark { seq: 0, at: now }),
        Some(text) => Mark::read(text).filter(|mark| holds(*mark, head, now)),
    };
    let Some(since) = since else {
        return Ok(Json(ChangesView { data: Vec::new(), next_cursor: head.write(), has_more: false, reset: true }));
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
    Ok(Json(ChangesView { data, next_cursor: end.write(), has_more, reset: false }))
}

/// Whether nothing behind a mark can have been removed, and it is one of this database.
fn holds(mark: Mark, head: Mark, now: i64) -> bool {
    let is_kept = mark.at > now - CHANGES_MS + STEP_MS;
    is_kept && mark.at <= now + STEP_MS && mark.seq >= 0 && (head.seq == 0 || mark.seq <= head.seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_as_long_as_changes_are_kept() {
        let now = 1_000 * 86_400_000;
        let head = Mark { seq: 9, at: now };
        assert!(holds(Mark { seq: 3, at: now - 6 * 86_400_000 }, head, now));
        assert!(!holds(Mark { seq: 3, at: now - 7 * 86_400_000 }, head, now), "changes behind it may be gone");
        assert!(!holds(Mark { seq: 10, at: now }, head, now), "of another database");
        let mark = Mark { seq: 3, at: 5 };
        assert_eq!(Mark::read(&mark.write()), Some(mark));
        assert!(Mark::read("nonsense").is_none() && Mark::read("").is_none());
    }
}
