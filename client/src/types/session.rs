//! Sessions of portals.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Secret, SessionId};

/// A session that was just opened. The handle is in this answer and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewSession {
    /// Its identifier.
    pub session_id: SessionId,
    /// What `with_bearer` takes.
    pub handle: Secret,
    /// When it ends, unless it is used before.
    pub expires_at: Timestamp,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Session {
    /// Its identifier.
    pub session_id: SessionId,
    /// Whether this call was made with it.
    pub is_current: bool,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub last_used_at: Timestamp,
    /// When it ends, unless it is used before.
    pub expires_at: Timestamp,
}
