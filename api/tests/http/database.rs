//! Second connection to the database of a server: the view of an operator or a thief.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _};

use crate::support::TestApp;

/// Separate connection to the database file.
pub(crate) struct Database(SqliteConnection);

impl Database {
    /// Connects to the database of a server.
    pub(crate) async fn of(app: &TestApp) -> Self {
        Self::open(&app.data_dir().join("sentryagent.db")).await
    }

    /// Connects to a file, and creates it if it is missing.
    pub(crate) async fn open(file: &std::path::Path) -> Self {
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        Self(options.connect().await.expect("a connection"))
    }

    /// Runs statements. Returns the number of rows that the last one changed.
    pub(crate) async fn run(&mut self, sql: impl Into<String>) -> u64 {
        let sql = AssertSqlSafe(sql.into());
        self.0.execute(sqlx::raw_sql(sql)).await.expect("a change").rows_affected()
    }

    /// Returns the number in the first column of the only row.
    pub(crate) async fn number(&mut self, sql: impl Into<String>) -> i64 {
        self.0.fetch_one(sqlx::raw_sql(AssertSqlSafe(sql.into()))).await.expect("a row").get(0)
    }

    /// Returns all rows as texts.
    pub(crate) async fn rows(&mut self, sql: impl Into<String>) -> Vec<Vec<String>> {
        let rows = self.0.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql.into()))).await.expect("rows");
        rows.iter().map(|row| (0..row.len()).map(|index| row.get(index)).collect()).collect()
    }

    /// Closes the connection.
    pub(crate) async fn close(self) {
        self.0.close().await.expect("closed");
    }
}
