//! A barrier in front of the database's writes.

use std::time::Duration;

use api::store::{StoreError, Writer};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A write that is held open. Later writes wait behind it, in the order in which they arrive.
pub(crate) struct HeldWriter {
    writer: Writer,
    release: oneshot::Sender<()>,
    write: JoinHandle<()>,
}

impl HeldWriter {
    /// Begins a write and returns once it runs.
    pub(super) async fn hold(writer: Writer) -> Self {
        let (begin, begun) = oneshot::channel();
        let (release, released) = oneshot::channel();
        let queue = writer.clone();
        let write = tokio::spawn(async move {
            let write = queue.run(move |_| {
                Box::pin(async move {
                    begin.send(()).expect("a test that waits");
                    released.await.expect("a release");
                    Ok::<_, StoreError>(())
                })
            });
            write.await.expect("a commit");
        });
        begun.await.expect("a write");
        Self { writer, release, write }
    }

    /// Waits until this many writes are queued behind the held one.
    pub(crate) async fn until_waiting(&self, count: usize) {
        let wait = async {
            while self.writer.waiting() < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("queued writes within 20 s");
    }

    /// Ends the held write.
    pub(crate) async fn release(self) {
        self.release.send(()).expect("a write");
        self.write.await.expect("a task");
    }
}
