//! Writes, one behind the other, several in one transaction.
//!
//! SQLite has one writer, and a commit costs a flush to the disk. So whoever writes hands in what is to be done, and
//! what has gathered while the disk was busy is done in one transaction: each in a savepoint of its own, so that one
//! that fails takes nothing along. Nobody is answered before the commit.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait as _};
use tokio::sync::{Notify, mpsc, oneshot};

use super::StoreError;

/// Writes that one transaction holds at most.
const MOST_TOGETHER: usize = 64;
/// Writes that wait at most; beyond, those who write wait.
const MOST_WAITING: usize = 1024;

/// What answers the one who wrote, once it is known whether the commit held.
type Deliver = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// What is to be done: in a savepoint, which is kept or given up by what comes out.
type Job = Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, (bool, Deliver)> + Send>;

/// Where writes are handed in.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Job>, Arc<Notify>);

impl std::fmt::Debug for Writer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Writer")
    }
}

impl Writer {
    /// Starts the task that writes. It ends when nobody can write any more.
    pub fn start(connection: DatabaseConnection) -> Self {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let committed = Arc::default();
        tokio::spawn(write(connection, waiting, Arc::clone(&committed)));
        Self(jobs, committed)
    }

    /// Ends after the next commit, or at once if there was one since it last ended. For one task.
    pub async fn committed(&self) {
        self.1.notified().await;
    }

    /// Whether a write can be committed now.
    pub async fn is_able(&self) -> bool {
        self.run(|_| Box::pin(async { Ok::<_, StoreError>(()) })).await.is_ok()
    }

    /// Does `work` in a transaction. What it returns comes back after the commit; an error of its own gives up what it
    /// wrote, and nothing else.
    pub async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let work = work(transaction);
            Box::pin(async move {
                let result = work.await;
                let is_kept = result.is_ok();
                let deliver: Deliver = Box::new(move |committed| {
                    // Whoever asked may have left: what was written stays written.
                    let _ = answer.send(committed.map_err(E::from).and(result));
                });
                (is_kept, deliver)
            })
        });
        self.0.send(job).await.map_err(|_| E::from(StoreError::Stopped))?;
        answered.await.map_err(|_| E::from(StoreError::Stopped))?
    }
}

async fn write(connection: DatabaseConnection, mut waiting: mpsc::Receiver<Job>, notify: Arc<Notify>) {
    let mut jobs = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut jobs, MOST_TOGETHER).await > 0 {
        let mut delivers = Vec::with_capacity(jobs.len());
        let committed = together(&connection, jobs.drain(..), &mut delivers).await;
        if let Err(error) = &committed {
            tracing::error!(%error, "a transaction was not written");
        }
        let error = committed.err().map(|error| error.to_string());
        for deliver in delivers {
            deliver(error.as_ref().map_or(Ok(()), |error| Err(StoreError::Write(error.clone()))));
        }
        notify.notify_one();
    }
}

async fn together(
    connection: &DatabaseConnection,
    jobs: impl Iterator<Item = Job>,
    delivers: &mut Vec<Deliver>,
) -> Result<(), DbErr> {
    let transaction = connection.begin().await?;
    for job in jobs {
        let savepoint = transaction.begin().await?;
        let (is_kept, deliver) = job(&savepoint).await;
        delivers.push(deliver);
        if is_kept {
            savepoint.commit().await?;
        } else {
            savepoint.rollback().await?;
        }
    }
    transaction.commit().await
}
