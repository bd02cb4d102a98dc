//! Transactions of the writer.

use std::sync::Arc;

use domain::audit::HeadKey;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement, TransactionTrait as _,
};

/// Transaction with the key of the audit trail, which authenticates the heads of the chains that the transaction extends.
pub(crate) struct Transaction {
    inner: DatabaseTransaction,
    head_key: Option<Arc<HeadKey>>,
}

impl Transaction {
    pub(crate) fn new(inner: DatabaseTransaction, head_key: Option<Arc<HeadKey>>) -> Self {
        Self { inner, head_key }
    }

    /// Returns the key of the audit trail. `None` for commands that run without keys.
    pub(crate) fn head_key(&self) -> Option<&HeadKey> {
        self.head_key.as_deref()
    }

    /// Begins a savepoint.
    pub(crate) async fn savepoint(&self) -> Result<Self, DbErr> {
        Ok(Self { inner: self.inner.begin().await?, head_key: self.head_key.clone() })
    }

    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.inner.commit().await
    }

    pub(crate) async fn rollback(self) -> Result<(), DbErr> {
        self.inner.rollback().await
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(statement).await
    }
}
