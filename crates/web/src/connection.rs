//! Connections: as many as there may be, bounded in time, and finished before the process ends.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// Longest time that a request's head may take to arrive, the wait for the next one on the same connection included.
const HEAD: Duration = Duration::from_secs(20);
/// Largest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 * 1024;
/// Most connections at one time.
const MOST: usize = 10_000;
/// A pause after a failed accept, which fails again at once while the process has no file handles left.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts until `stop`, then waits at most `seconds` for what is under way.
pub(super) async fn accept(listener: TcpListener, router: Router, stop: impl Future<Output = ()>, seconds: u16) {
    // HTTP/1.1 alone: proxies speak it to what is behind them, and a server that also waits for HTTP/2's preface has no
    // limit on how long that may take.
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LARGEST_HEAD);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST));
    tokio::pin!(stop);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            () = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!("a connection was not accepted: {error}");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Small answers must not wait for a full packet.
        let _ = stream.set_nodelay(true);
        let service = of(router.clone(), peer);
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service_fn(service)));
        tokio::spawn(async move {
            // Clients that go away, or send what is no HTTP, are everyday.
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(Duration::from_secs(u64::from(seconds))) => tracing::warn!("answers under way were given up"),
    }
}

type Answer = Result<axum::response::Response, std::convert::Infallible>;

/// The router, for one peer.
fn of(
    router: Router,
    peer: SocketAddr,
) -> impl Fn(hyper::Request<hyper::body::Incoming>) -> futures_util::future::BoxFuture<'static, Answer> {
    move |request| {
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        Box::pin(router.clone().oneshot(request))
    }
}
