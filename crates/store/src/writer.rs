//! Serialized writes with group commit.
//!
//! SQLite has one writer, and a commit costs a flush to the disk. Writes are queued, and those that arrive while the
//! disk is busy share one transaction. Each has its own savepoint, so a failed write affects no other. Audit events
//! without other changes are appended last, in one batch. No caller gets a result before the commit.

use crate::transaction::Transaction;
use domain::audit::HeadKey;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait as _,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

use super::StoreError;
use super::audit::{self, Entry};
use super::entity::revoked_token;
use super::error::is_busy;
use super::file::DatabaseFile;

/// Maximum number of writes per transaction.
const MAX_BATCH: usize = 64;
/// Capacity of the queue; beyond it, callers wait.
const QUEUE_CAPACITY: usize = 1024;
/// Time after which a batch no longer waits again for another process that writes. SQLite's own wait has no queue: beside a
/// busy server, a command needs several. A server has to answer before its own time limit, so that an error means that
/// nothing was written.
const MAX_WAIT: Duration = Duration::from_secs(15);

/// Sends a write's result to its caller, once the outcome of the commit is known.
type SendResult = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Work within a transaction, kept or rolled back by its outcome.
type Work = Box<dyn for<'a> FnOnce(&'a Transaction) -> BoxFuture<'a, (WriteOutcome, SendResult)> + Send>;

/// Queued write.
enum Job {
    /// Statements of the caller.
    Work(Work),
    /// Audit event without other changes.
    Event(Timestamp, Entry, SendResult),
}

/// Outcome of a write.
#[derive(Clone, Copy, Debug)]
enum WriteOutcome {
    /// Keep.
    Commit,
    /// Rejected by a rule: roll back.
    RollBack,
    /// Failed in the database.
    Fail,
}

/// Handle of the writer.
#[derive(Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    /// Number of writes that are submitted and not completed.
    pending: Arc<AtomicUsize>,
    /// Notified after each commit.
    notify: Arc<Notify>,
}

/// Guard that counts a write as pending while it exists.
struct Pending(Arc<AtomicUsize>);

impl Pending {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Writer")
    }
}

impl Writer {
    /// Starts the writer task, which stops when the last handle is dropped.
    pub(crate) fn start(
        options: ConnectOptions,
        connection: DatabaseConnection,
        file: DatabaseFile,
        head_key: Option<Arc<HeadKey>>,
    ) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE_CAPACITY);
        let notify = Arc::default();
        tokio::spawn(write(options, connection, file, head_key, queue, Arc::clone(&notify)));
        Self { jobs, pending: Arc::default(), notify }
    }

    /// Completes after the next commit, or immediately if there was one since the last call. For one task only.
    pub(crate) async fn committed(&self) {
        self.notify.notified().await;
    }

    /// Returns the number of writes that are submitted and not completed.
    pub(crate) fn pending(&self) -> usize {
        self.pending.load(Ordering::Relaxed)
    }

    /// Returns true if a test write succeeds. An empty transaction would succeed on a full disk.
    pub(crate) async fn probe_writable(&self) -> bool {
        self.run(|tx| Box::pin(probe(tx))).await.is_ok()
    }

    /// Runs `work` in a transaction. Returns its value after the commit; an error of `work` rolls back only its own
    /// changes.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Transaction) -> BoxFuture<'a, Result<T, StoreError>> + Send + 'static,
    {
        let _pending = Pending::new(&self.pending);
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |transaction| {
            let work = work(transaction);
            Box::pin(async move {
                let result = work.await;
                let outcome = match &result {
                    Ok(_) => WriteOutcome::Commit,
                    Err(error) if error.is_transient() => WriteOutcome::Fail,
                    Err(_) => WriteOutcome::RollBack,
                };
                let send_result: SendResult = Box::new(move |committed| {
                    // The caller may be gone; the write is kept.
                    let _ = sender.send(committed.and(result));
                });
                (outcome, send_result)
            })
        });
        self.jobs.send(Job::Work(work)).await.map_err(|_| StoreError::Stopped)?;
        receiver.await.map_err(|_| StoreError::Stopped)?
    }

    /// Appends an event to its chain without other changes. Completes after the commit.
    pub(crate) async fn append(&self, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
        let _pending = Pending::new(&self.pending);
        let (sender, receiver) = oneshot::channel();
        let send_result: SendResult = Box::new(move |committed| {
            // The caller may be gone; the write is kept.
            let _ = sender.send(committed);
        });
        self.jobs.send(Job::Event(now, entry, send_result)).await.map_err(|_| StoreError::Stopped)?;
        receiver.await.map_err(|_| StoreError::Stopped)?
    }
}

/// Writes a dummy row, each time with another value: SQLite doesn't write what hasn't changed.
async fn probe(tx: &Transaction) -> Result<(), StoreError> {
    let row = revoked_token::ActiveModel {
        token_id: ActiveValue::Set("probe".to_owned()),
        expires_at: ActiveValue::Set(Timestamp::now().as_millisecond()),
    };
    let again =
        OnConflict::column(revoked_token::Column::TokenId).update_column(revoked_token::Column::ExpiresAt).to_owned();
    revoked_token::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

async fn write(
    options: ConnectOptions,
    connection: DatabaseConnection,
    file: DatabaseFile,
    head_key: Option<Arc<HeadKey>>,
    mut queue: mpsc::Receiver<Job>,
    notify: Arc<Notify>,
) {
    let mut connection = Some(connection);
    let mut jobs = Vec::with_capacity(MAX_BATCH);
    while queue.recv_many(&mut jobs, MAX_BATCH).await > 0 {
        let mut senders = Vec::with_capacity(jobs.len());
        let is_in_place = file.is_in_place();
        let committed = if is_in_place {
            match connect_if_needed(&options, &mut connection).await {
                Ok(connection) => run_batch(connection, head_key.clone(), jobs.drain(..), &mut senders).await,
                Err(error) => Err(error),
            }
        } else {
            // Nothing is opened or closed: with a new connection, SQLite would apply the log of the database to the file in
            // its place.
            Err(DbErr::Custom("the file of the database was moved or replaced; put it back, or restart".to_owned()))
        };
        if let Err(error) = &committed {
            tracing::error!(%error, "could not commit a transaction");
            // A failed write rolls back the whole SQLite transaction, savepoints included, regardless of the
            // connection's reported state. Later statements need a new connection.
            if is_in_place && let Some(connection) = connection.take() {
                let _ = connection.close().await;
            }
        }
        // Callers of unstarted work get an error, as their channels close.
        jobs.clear();
        let error = committed.err().map(|error| error.to_string());
        for send_result in senders {
            send_result(error.as_ref().map_or(Ok(()), |error| Err(StoreError::Write(error.clone()))));
        }
        notify.notify_one();
    }
}

/// Returns the connection, or opens a new one after a failure.
async fn connect_if_needed<'a>(
    options: &ConnectOptions,
    connection: &'a mut Option<DatabaseConnection>,
) -> Result<&'a DatabaseConnection, DbErr> {
    let current = match connection.take() {
        Some(connection) => connection,
        None => Database::connect(options.clone()).await?,
    };
    Ok(connection.insert(current))
}

/// Begins a transaction that may write, once no other process does.
async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let until = Instant::now() + MAX_WAIT;
    loop {
        // Immediate: waits for writes of another process instead of failing at the first write.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        match connection.begin_with_options(options).await {
            Err(error) if is_busy(&error) && Instant::now() < until => {}
            result => return result,
        }
    }
}

/// Runs jobs in one transaction.
async fn run_batch(
    connection: &DatabaseConnection,
    head_key: Option<Arc<HeadKey>>,
    jobs: impl ExactSizeIterator<Item = Job>,
    senders: &mut Vec<SendResult>,
) -> Result<(), DbErr> {
    let is_alone = jobs.len() == 1;
    let transaction = Transaction::new(begin(connection).await?, head_key);
    let mut events = Vec::new();
    for job in jobs {
        let work = match job {
            Job::Work(work) => work,
            Job::Event(now, entry, send_result) => {
                events.push((now, entry));
                senders.push(send_result);
                continue;
            }
        };
        if is_alone {
            let (outcome, send_result) = work(&transaction).await;
            senders.push(send_result);
            return finish(transaction, outcome).await;
        }
        let savepoint = transaction.savepoint().await?;
        let (outcome, send_result) = work(&savepoint).await;
        senders.push(send_result);
        finish(savepoint, outcome).await?;
    }
    if !events.is_empty() {
        audit::append_all(&transaction, events).await.map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    transaction.commit().await
}

/// Commits or rolls back.
async fn finish(transaction: Transaction, outcome: WriteOutcome) -> Result<(), DbErr> {
    match outcome {
        WriteOutcome::Commit => transaction.commit().await,
        WriteOutcome::RollBack => transaction.rollback().await,
        WriteOutcome::Fail => Err(DbErr::Custom("the write failed".to_owned())),
    }
}
