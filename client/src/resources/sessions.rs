//! Handles that portals keep instead of secrets.

use crate::operation::declare;
use crate::types::{NewSession, Session};
use crate::{Client, List, Paging, Result, SessionId};

declare! {
    LIST = Get "listSessions" "/api/v1/sessions";
    OPEN = Post "openSession" "/api/v1/sessions", keyed;
    END = Delete "endSession" "/api/v1/sessions/{sessionId}";
}

/// Handles that portals keep instead of secrets.
#[derive(Clone, Debug)]
pub struct Sessions(pub(crate) Client);

impl Sessions {
    /// Opens one. Its handle is in this answer and never again; `with_bearer` takes it.
    pub async fn open(&self) -> Result<NewSession> {
        self.0.call(OPEN).fetch().await
    }

    /// A page of those that are open, the newest first.
    pub async fn list(&self, paging: &Paging) -> Result<List<Session>> {
        self.0.call(LIST).query(paging).fetch().await
    }

    /// Ends one.
    pub async fn end(&self, id: SessionId) -> Result<()> {
        self.0.call_at(END, &[&id]).done().await
    }

    /// Ends the one that the client shows.
    pub async fn end_current(&self) -> Result<()> {
        self.0.call_at(END, &[&"current"]).done().await
    }
}
