//! Sessions.

use domain::secret::Secret;
use domain::time::rfc3339;
use serde::Serialize;
use store::records::SessionRecord;
use utoipa::ToSchema;

/// New session. Only this response contains the handle.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewSession, example = json!({
    "sessionId": "01993b70-0c55-7b1d-9f3e-0f5a6b7c8d90", "handle": "ssession_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE",
    "expiresAt": "2026-12-25T09:30:00.000Z",
}))]
pub struct NewSessionView {
    /// ID of the session.
    #[schema(format = Uuid)]
    pub session_id: String,
    /// Handle, sent as `Authorization: Bearer`.
    pub handle: String,
    /// Time of expiry, extended by each use.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl NewSessionView {
    /// Creates the view of a new session with its handle.
    pub fn new(row: SessionRecord, handle: &Secret) -> Self {
        Self { session_id: row.id, handle: handle.reveal().to_owned(), expires_at: rfc3339(row.expires_at) }
    }
}

/// Session.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Session, example = json!({
    "sessionId": "01993b70-0c55-7b1d-9f3e-0f5a6b7c8d90", "isCurrent": true, "createdAt": "2026-11-25T09:30:00.000Z",
    "lastUsedAt": "2026-11-25T11:00:00.000Z", "expiresAt": "2026-12-25T11:00:00.000Z",
}))]
pub struct SessionView {
    /// ID of the session.
    #[schema(format = Uuid)]
    pub session_id: String,
    /// True for the session of this call.
    pub is_current: bool,
    /// Time of creation.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Time of the last use, to the hour.
    #[schema(format = DateTime)]
    pub last_used_at: String,
    /// Time of expiry, extended by each use.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl SessionView {
    /// Creates the view of a session; `current` is the ID of the caller's session.
    pub fn new(row: SessionRecord, current: Option<&str>) -> Self {
        Self {
            is_current: current == Some(row.id.as_str()),
            session_id: row.id,
            created_at: rfc3339(row.created_at),
            last_used_at: rfc3339(row.last_used_at),
            expires_at: rfc3339(row.expires_at),
        }
    }
}
