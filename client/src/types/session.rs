//! Sessions of portals.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Secret, SessionId};

/// New session. Only this response contains the handle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewSession {
    /// ID of the session.
    pub session_id: SessionId,
    /// Handle, for `with_bearer`.
    pub handle: Secret,
    /// Time of expiry, extended by each use.
    pub expires_at: Timestamp,
}

/// Session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Session {
    /// ID of the session.
    pub session_id: SessionId,
    /// True for the session of this call.
    pub is_current: bool,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the last use, to the hour.
    pub last_used_at: Timestamp,
    /// Time of expiry, extended by each use.
    pub expires_at: Timestamp,
}
