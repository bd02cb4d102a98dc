//! Connections: accepted, bounded in time, and finished before the process ends.

use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;

use crate::front::Front;
use crate::metrics::Metrics;

/// Longest time that a request's head may take to arrive. Ends clients that hold connections by dripping bytes.
const HEAD: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes. More than 100 headers, which is hyper's own bound, are answered 431 too.
const LARGEST_HEAD: usize = 64 * 1024;
/// A pause after a failed accept, which fails again at once while the process has no file handles left.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts until `stop`, then waits at most `seconds` for what is under way.
pub(super) async fn accept(
    listener: TcpListener,
    front: Front,
    metrics: Arc<Metrics>,
    stop: impl Future<Output = ()>,
    seconds: u16,
) {
    // HTTP/1.1 alone: proxies speak it to what is behind them, and a server that also waits for HTTP/2's preface has no
    // limit on how long that may take.
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LARGEST_HEAD);
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok((stream, peer)) => (stream, peer),
            Err(error) => {
                tracing::warn!("a connection was not accepted: {error}");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Small answers must not wait for a full packet.
        let _ = stream.set_nodelay(true);
        let connection = builder.serve_connection(TokioIo::new(stream), front.for_peer(peer.ip()));
        let connection = graceful.watch(connection);
        let metrics = Arc::clone(&metrics);
        tokio::spawn(async move {
            metrics.connections.inc();
            // Clients that go away, or send what is no HTTP, are everyday.
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
            metrics.connections.dec();
        });
    }
    drop(listener);
    tracing::info!("stopping: new connections are refused, answers under way are finished");
    tokio::select! {
        () = graceful.shutdown() => tracing::info!("stopped"),
        () = tokio::time::sleep(Duration::from_secs(u64::from(seconds))) => tracing::warn!("stopped with answers under way"),
    }
}
