//! Sessions: handles that a portal stores instead of secrets.

use crate::operation::declare;
use crate::types::{NewSession, Session};
use crate::{Client, List, Paging, Result, SessionId};

declare! {
    LIST = Get "listSessions" "/api/v1/sessions";
    OPEN = Post "openSession" "/api/v1/sessions", keyed;
    END = Delete "endSession" "/api/v1/sessions/{sessionId}";
}

/// Sessions: handles that a portal stores instead of secrets.
#[derive(Clone, Debug)]
pub struct Sessions(Client);

impl Client {
    /// Sessions: handles that a portal stores instead of secrets.
    pub fn sessions(&self) -> Sessions {
        Sessions(self.clone())
    }
}

impl Sessions {
    /// Creates a session. Only this response contains the handle, for `with_bearer`.
    pub async fn open(&self) -> Result<NewSession> {
        self.0.call(OPEN).fetch().await
    }

    /// Lists a page of active sessions, newest first.
    pub async fn list(&self, paging: &Paging) -> Result<List<Session>> {
        self.0.call(LIST).query(paging).fetch().await
    }

    /// Revokes a session.
    pub async fn end(&self, id: SessionId) -> Result<()> {
        self.0.call_at(END, &[&id]).send_ignoring_body().await
    }

    /// Revokes the client's own session.
    pub async fn end_current(&self) -> Result<()> {
        self.0.call_at(END, &[&"current"]).send_ignoring_body().await
    }
}
