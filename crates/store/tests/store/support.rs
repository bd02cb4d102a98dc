//! Test fixtures: a database, an actor and a second connection.

use std::sync::Arc;

use domain::actor::Actor;
use domain::audit::HeadKey;
use domain::id::{CredentialId, OrganizationId};
use domain::organization::State;
use domain::scope::{Scope, Scopes};
use domain::tier::Tier;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _};
use store::Store;
use store::credentials::NewCredential;
use store::signup::{self, NewOrganization};

/// Key of the audit trail.
pub(crate) fn head_key() -> HeadKey {
    HeadKey::new(&[7; 32])
}

/// Store in a temporary folder.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    pub(crate) folder: tempfile::TempDir,
}

impl TestStore {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { store: Store::open(folder.path(), Some(head_key())).await.expect("a store"), folder }
    }

    /// Creates a provisional organization and returns its actor with all scopes.
    pub(crate) async fn organization(&self) -> Arc<Actor> {
        let id = OrganizationId::new();
        let new = NewOrganization {
            id,
            name: "Example".to_owned(),
            display_name: None,
            email: None,
            claim_hash: None,
            network: None,
        };
        let now = jiff::Timestamp::now();
        let row = new.into_record(now.as_millisecond());
        let admin = NewCredential {
            id: CredentialId::new(),
            organization_id: id,
            agent_id: None,
            secret_hash: id.to_string().into_bytes(),
            scopes: Scopes::from_iter(Scope::ALL),
            expires_at: None,
        };
        let credential_id = Some(admin.id);
        signup::create(&self.store, row, admin, None, 100, now, None).await.expect("an organization");
        Arc::new(Actor {
            organization_id: id,
            organization_name: "Example".to_owned(),
            state: State::Provisional,
            tier: Tier::Free,
            agent_id: None,
            credential_id,
            session_id: None,
            scopes: Scopes::from_iter(Scope::ALL),
            credential_expires_at: None,
            has_called: false,
        })
    }

    pub(crate) async fn sql(&self) -> Sql {
        Sql::open(&self.folder.path().join("sentryagent.db")).await
    }
}

/// Separate connection to the database file.
pub(crate) struct Sql(SqliteConnection);

impl Sql {
    pub(crate) async fn open(file: &std::path::Path) -> Self {
        Self(SqliteConnectOptions::new().filename(file).connect().await.expect("a connection"))
    }

    pub(crate) async fn run(&mut self, sql: &str) {
        self.0.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.expect("a change");
    }

    /// Returns the rows of a statement with one text column.
    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        let rows = self.0.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.expect("rows");
        rows.iter().map(|row| row.get(0)).collect()
    }
}
