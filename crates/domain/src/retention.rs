//! Retention: how long records are kept, in milliseconds.

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A provisional organization, from its creation until it is erased unless it is claimed.
pub const PROVISIONAL_MS: i64 = 72 * HOUR_MS;
/// A provisional organization without agents and calls, until it may be erased to make room for another.
pub const UNUSED_MS: i64 = HOUR_MS;
/// An organization, from the request to delete it until it is erased. The request can be canceled until then.
pub const DELETION_GRACE_MS: i64 = 7 * DAY_MS;
/// A session that is not used.
pub const SESSION_MS: i64 = 30 * DAY_MS;
/// A response, for retries with its `Idempotency-Key`.
pub const IDEMPOTENCY_MS: i64 = DAY_MS;
/// A line of the marketplace's changes feed.
pub const CHANGES_MS: i64 = 7 * DAY_MS;
