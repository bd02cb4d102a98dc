//! Writes, one behind the other, several in one transaction.
//!
//! SQLite has one writer, and a commit costs a flush to the disk. So whoever writes hands in what is to be done, and
//! what has gathered while the disk was busy is done in one transaction: each in a savepoint of its own, so that one
//! that fails takes nothing along. Events of the audit trail that come with no other change are added all at once, last.
//! Nobody is answered before the commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait as _,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};
use tokio::sync::{Notify, mpsc, oneshot};

use super::StoreError;
use super::audit::{self, Entry};
use super::entity::revoked_token;

/// Writes that one transaction holds at most.
const MOST_TOGETHER: usize = 64;
/// Writes that wait at most; beyond, those who write wait.
const MOST_WAITING: usize = 1024;

/// What answers the one who wrote, once it is known whether the commit held.
type Deliver = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// What is to be done: in a transaction, which is kept or given up by what comes out.
type Work = Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, (Fate, Deliver)> + Send>;

/// A write.
enum Job {
    /// Statements of the caller's own.
    Work(Work),
    /// An event alone.
    Event(Timestamp, Entry, Deliver),
}

/// How a job came out.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It is to be kept.
    Kept,
    /// It refused, by a rule.
    GivenUp,
    /// The database could not do it.
    Failed,
}

/// Where writes are handed in.
#[derive(Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    /// Whether the last write was one that the database could not do.
    is_failing: Arc<AtomicBool>,
    /// Writes that were submitted and have not completed.
    pending: Arc<AtomicUsize>,
    /// Notified of each commit.
    notify: Arc<Notify>,
}

/// Counts a write as pending for as long as it exists.
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
    /// Starts the task that writes. It ends when nobody can write any more.
    pub(crate) fn start(options: ConnectOptions, connection: DatabaseConnection) -> Self {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let is_failing = Arc::new(AtomicBool::new(false));
        let notify = Arc::default();
        tokio::spawn(write(options, connection, waiting, Arc::clone(&is_failing), Arc::clone(&notify)));
        Self { jobs, is_failing, pending: Arc::default(), notify }
    }

    /// Ends after the next commit, or at once if there was one since it last ended. For one task.
    pub(crate) async fn committed(&self) {
        self.notify.notified().await;
    }

    /// Writes that were submitted and have not completed.
    pub(crate) fn pending(&self) -> usize {
        self.pending.load(Ordering::Relaxed)
    }

    /// Whether writes are committed. Where the last one failed, this tries one, to hear of it when it is over.
    pub(crate) async fn is_able(&self) -> bool {
        let is_failing = self.is_failing.load(Ordering::Relaxed);
        let tried = self.run(move |tx| {
            Box::pin(async move {
                if is_failing {
                    probe(tx).await?;
                }
                Ok::<_, StoreError>(())
            })
        });
        tried.await.is_ok()
    }

    /// Runs `work` in a transaction. Its value is returned after the commit; an error of `work` rolls back what it wrote,
    /// and nothing else.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<T, StoreError>> + Send + 'static,
    {
        let _pending = Pending::new(&self.pending);
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |transaction| {
            let work = work(transaction);
            Box::pin(async move {
                let result = work.await;
                let fate = match &result {
                    Ok(_) => Fate::Kept,
                    Err(error) if error.is_passing() => Fate::Failed,
                    Err(_) => Fate::GivenUp,
                };
                let deliver: Deliver = Box::new(move |committed| {
                    // The caller may have left: what was written stays written.
                    let _ = answer.send(committed.and(result));
                });
                (fate, deliver)
            })
        });
        self.jobs.send(Job::Work(work)).await.map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }

    /// Adds an event to its chain, where nothing else is written with it. Comes back after the commit.
    pub(crate) async fn append(&self, now: Timestamp, entry: Entry) -> Result<(), StoreError> {
        let _pending = Pending::new(&self.pending);
        let (answer, answered) = oneshot::channel();
        let deliver: Deliver = Box::new(move |committed| {
            // Whoever asked may have left: what was written stays written.
            let _ = answer.send(committed);
        });
        self.jobs.send(Job::Event(now, entry, deliver)).await.map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }
}

/// Writes a row that says nothing.
async fn probe(tx: &DatabaseTransaction) -> Result<(), StoreError> {
    let row =
        revoked_token::ActiveModel { token_id: ActiveValue::Set("probe".to_owned()), expires_at: ActiveValue::Set(0) };
    let again =
        OnConflict::column(revoked_token::Column::TokenId).update_column(revoked_token::Column::ExpiresAt).to_owned();
    revoked_token::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

async fn write(
    options: ConnectOptions,
    connection: DatabaseConnection,
    mut waiting: mpsc::Receiver<Job>,
    is_failing: Arc<AtomicBool>,
    notify: Arc<Notify>,
) {
    let mut connection = Some(connection);
    let mut jobs = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut jobs, MOST_TOGETHER).await > 0 {
        let mut delivers = Vec::with_capacity(jobs.len());
        let committed = match usable(&options, &mut connection).await {
            Ok(connection) => together(connection, jobs.drain(..), &mut delivers).await,
            Err(error) => Err(error),
        };
        match &committed {
            Ok(true) => is_failing.store(false, Ordering::Relaxed),
            Ok(false) => {}
            Err(error) => {
                is_failing.store(true, Ordering::Relaxed);
                tracing::error!(%error, "a transaction was not written");
                // A database that could not write has given up the transaction by itself, with all that was open in
                // it. Whatever this connection believes to be in, it is not: what follows needs a new one.
                if let Some(connection) = connection.take() {
                    let _ = connection.close().await;
                }
            }
        }
        // Those whose work was not begun are told by the end of their channel.
        jobs.clear();
        let error = committed.err().map(|error| error.to_string());
        for deliver in delivers {
            deliver(error.as_ref().map_or(Ok(()), |error| Err(StoreError::Write(error.clone()))));
        }
        notify.notify_one();
    }
}

/// The connection, or a new one in the place of one that was given up.
async fn usable<'a>(
    options: &ConnectOptions,
    connection: &'a mut Option<DatabaseConnection>,
) -> Result<&'a DatabaseConnection, DbErr> {
    let usable = match connection.take() {
        Some(usable) => usable,
        None => Database::connect(options.clone()).await?,
    };
    Ok(connection.insert(usable))
}

/// Does jobs in one transaction. It is committed, and something was kept in it, or nothing; or it is not committed.
async fn together(
    connection: &DatabaseConnection,
    jobs: impl ExactSizeIterator<Item = Job>,
    delivers: &mut Vec<Deliver>,
) -> Result<bool, DbErr> {
    let is_alone = jobs.len() == 1;
    // Immediate: where another process writes, this one waits for it, instead of failing at its first write.
    let options =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = connection.begin_with_options(options).await?;
    let mut has_kept = false;
    let mut events = Vec::new();
    for job in jobs {
        let work = match job {
            Job::Work(work) => work,
            Job::Event(now, entry, deliver) => {
                events.push((now, entry));
                delivers.push(deliver);
                continue;
            }
        };
        if is_alone {
            let (fate, deliver) = work(&transaction).await;
            delivers.push(deliver);
            return finish(transaction, fate).await;
        }
        let savepoint = transaction.begin().await?;
        let (fate, deliver) = work(&savepoint).await;
        delivers.push(deliver);
        has_kept |= finish(savepoint, fate).await?;
    }
    if !events.is_empty() {
        audit::append_all(&transaction, events).await.map_err(|error| DbErr::Custom(error.to_string()))?;
        has_kept = true;
    }
    transaction.commit().await?;
    Ok(has_kept)
}

/// Keeps what was written, or gives it up. Says whether it was kept.
async fn finish(transaction: DatabaseTransaction, fate: Fate) -> Result<bool, DbErr> {
    match fate {
        Fate::Kept => transaction.commit().await.map(|()| true),
        Fate::GivenUp => transaction.rollback().await.map(|()| false),
        Fate::Failed => Err(DbErr::Custom("the database did not do what was asked".to_owned())),
    }
}
