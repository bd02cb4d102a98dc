//! A barrier in front of the database's writes.

use store::Store;

use super::TestApp;
use crate::database::Database;

/// A transaction of another connection. Writes of the server wait behind it, in the order in which they arrive.
pub(crate) struct HeldWriter<'a> {
    app: &'a TestApp,
    transaction: Database,
}

impl<'a> HeldWriter<'a> {
    /// Begins a transaction once no write is pending. SQLite lets a write wait five seconds.
    pub(super) async fn hold(app: &'a TestApp) -> Self {
        let mut transaction = Database::of(app).await;
        app.until(|| app.app.store.pending_writes() == 0).await;
        transaction.run("BEGIN IMMEDIATE").await;
        Self { app, transaction }
    }

    /// Waits until this many writes are pending.
    pub(crate) async fn until_waiting(&self, count: usize) {
        let store: &Store = &self.app.app.store;
        self.app.until(|| store.pending_writes() == count).await;
    }

    /// Ends the transaction.
    pub(crate) async fn release(mut self) {
        self.transaction.run("COMMIT").await;
    }
}
