//! Retention periods of records, in milliseconds.

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Lifetime of a provisional organization that is not claimed.
pub const PROVISIONAL_MS: i64 = 72 * HOUR_MS;
/// Age at which an unused provisional organization can be deleted to make room: no agents, no calls.
pub const UNUSED_MS: i64 = HOUR_MS;
/// Time between the request to delete an organization and its deletion. The request can be canceled until then.
pub const DELETION_GRACE_MS: i64 = 7 * DAY_MS;
/// Idle lifetime of a session.
pub const SESSION_MS: i64 = 30 * DAY_MS;
/// Retention of responses for retries with the same `Idempotency-Key`.
pub const IDEMPOTENCY_MS: i64 = DAY_MS;
/// Time for which a response with a secret is repeated for retries: what was shown once is not shown again later.
pub const SECRET_REPLAY_MS: i64 = HOUR_MS / 6;
/// Retention of the marketplace's change feed.
pub const CHANGES_MS: i64 = 7 * DAY_MS;
