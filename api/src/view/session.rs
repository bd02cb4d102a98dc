//! Sessions.

use domain::secret::Secret;
use domain::time::rfc3339;
use serde::Serialize;
use store::records::SessionRecord;
use utoipa::ToSchema;

/// A session that was just opened. The handle is shown in this answer and never again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewSession, example = json!({
    "sessionId": "01993b70-0c55-7b1d-9f3e-0f5a6b7c8d90", "handle": "ssession_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE",
    "expiresAt": "2026-12-25T09:30:00.000Z",
}))]
pub struct NewSessionView {
    /// Its identifier.
    #[schema(format = Uuid)]
    pub session_id: String,
    /// What a portal sends as `Authorization: Bearer`.
    pub handle: String,
    /// When it ends, unless it is used before.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl NewSessionView {
    /// The view of a session with its handle in the clear.
    pub fn new(row: SessionRecord, handle: &Secret) -> Self {
        Self { session_id: row.id, handle: handle.reveal().to_owned(), expires_at: rfc3339(row.expires_at) }
    }
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Session, example = json!({
    "sessionId": "01993b70-0c55-7b1d-9f3e-0f5a6b7c8d90", "isCurrent": true, "createdAt": "2026-11-25T09:30:00.000Z",
    "lastUsedAt": "2026-11-25T11:00:00.000Z", "expiresAt": "2026-12-25T11:00:00.000Z",
}))]
pub struct SessionView {
    /// Its identifier.
    #[schema(format = Uuid)]
    pub session_id: String,
    /// Whether this call was made with it.
    pub is_current: bool,
    /// When it was opened.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last used, to the hour.
    #[schema(format = DateTime)]
    pub last_used_at: String,
    /// When it ends, unless it is used before.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl SessionView {
    /// Shows one to somebody who may use it himself.
    pub fn of(row: SessionRecord, current: Option<&str>) -> Self {
        Self {
            is_current: current == Some(row.id.as_str()),
            session_id: row.id,
            created_at: rfc3339(row.created_at),
            last_used_at: rfc3339(row.last_used_at),
            expires_at: rfc3339(row.expires_at),
        }
    }
}
