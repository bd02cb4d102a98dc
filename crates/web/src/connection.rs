//! The accept loop: accepts connections, limits their number and time, and finishes them before the process ends.

use std::convert::Infallible;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use prometheus::IntGauge;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use crate::client_address::Peer;

/// Maximum size of a request's head, in bytes. Requests with more than 100 headers, which is hyper's own limit, also
/// get 431.
const MAX_HEAD: usize = 64 * 1024;
/// Pause after a failed accept, which fails again immediately while the process has no file descriptors left.
const PAUSE: Duration = Duration::from_millis(50);

/// Limits of a server's connections.
#[derive(Clone, Debug)]
pub struct Connections {
    /// Timeout for the head of a request, including the idle time before it on a persistent connection. Disconnects
    /// clients that keep connections open by sending bytes slowly.
    pub head_timeout: Duration,
    /// Maximum number of concurrent connections; without a limit, as many as the process has file descriptors.
    pub max_connections: Option<usize>,
    /// Time for requests in flight to finish once the server stops.
    pub grace: Duration,
    /// Metric of open connections, if any.
    pub open: Option<IntGauge>,
}

impl Connections {
    /// Accepts connections until `stop` completes, each with the service that `service` returns for its peer; then
    /// refuses new ones and waits for requests in flight.
    pub async fn serve<S, B>(self, listener: TcpListener, stop: impl Future<Output = ()>, service: impl Fn(Peer) -> S)
    where
        S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Send + 'static,
        S::Future: Send + 'static,
        B: http_body::Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        // HTTP/1.1 only: proxies use it for the servers behind them, and a server that also accepts HTTP/2 has no
        // timeout for the connection preface.
        let mut builder = Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(self.head_timeout).max_buf_size(MAX_HEAD);
        let graceful = GracefulShutdown::new();
        let permits = Arc::new(Semaphore::new(self.max_connections.unwrap_or(Semaphore::MAX_PERMITS)));
        tokio::pin!(stop);
        loop {
            let permit = tokio::select! {
                permit = Arc::clone(&permits).acquire_owned() => permit,
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
            // Small responses must not wait for a full packet.
            let _ = stream.set_nodelay(true);
            let connection = builder.serve_connection(TokioIo::new(stream), service(Peer(peer.ip())));
            let connection = graceful.watch(connection);
            let open = self.open.clone();
            tokio::spawn(async move {
                if let Some(open) = &open {
                    open.inc();
                }
                // Clients that disconnect, or send bytes that are not HTTP, are normal.
                if let Err(error) = connection.await {
                    tracing::debug!("a connection ended: {error}");
                }
                if let Some(open) = &open {
                    open.dec();
                }
                drop(permit);
            });
        }
        drop(listener);
        tracing::info!("draining: new connections are refused, requests in flight complete");
        tokio::select! {
            () = graceful.shutdown() => tracing::info!("stopped"),
            () = tokio::time::sleep(self.grace) => tracing::warn!("stopped with requests in flight"),
        }
    }
}

type Routed = Pin<Box<dyn Future<Output = Result<axum::response::Response, Infallible>> + Send>>;

/// Creates the service of a connection, which routes each request with the peer in its extensions.
pub fn route(
    router: Router,
    peer: Peer,
) -> impl Service<Request<Incoming>, Response = axum::response::Response, Error = Infallible, Future = Routed> + Send + 'static
{
    service_fn(move |request: Request<Incoming>| -> Routed {
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(peer);
        Box::pin(router.clone().oneshot(request))
    })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::Extension;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::*;

    /// Timeout that only a hang exceeds.
    const LONG: Duration = Duration::from_secs(20);
    const HALF: &[u8] = b"GET / HTTP/1.1\r\nConnection: close\r\n";
    const REST: &[u8] = b"Host: localhost\r\n\r\n";

    struct Running {
        addr: SocketAddr,
        open: IntGauge,
        stop: oneshot::Sender<()>,
        task: JoinHandle<()>,
    }

    /// A server whose one page shows the peer and the number of open connections.
    async fn start(max_connections: Option<usize>) -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let open = IntGauge::new("open", "Open connections.").expect("a gauge");
        let (gauge, (stop, stopped)) = (open.clone(), oneshot::channel());
        let page = move |Extension(Peer(peer)): Extension<Peer>| {
            let open = gauge.get();
            async move { format!("{peer} {open}") }
        };
        let router = Router::new().route("/", get(page));
        let connections = Connections { head_timeout: LONG, max_connections, grace: LONG, open: Some(open.clone()) };
        let task = tokio::spawn(async move {
            let stop = async { drop(stopped.await) };
            connections.serve(listener, stop, |peer| route(router.clone(), peer)).await;
        });
        Running { addr, open, stop, task }
    }

    async fn send(addr: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(addr).await.expect("a connection");
        stream.write_all(bytes).await.expect("sent");
        stream
    }

    async fn finish(mut stream: TcpStream, bytes: &[u8]) -> String {
        stream.write_all(bytes).await.expect("sent");
        let mut answer = String::new();
        tokio::time::timeout(LONG, stream.read_to_string(&mut answer)).await.expect("no timeout").expect("a response");
        answer
    }

    #[tokio::test]
    async fn connections_beyond_the_limit_wait() {
        let running = start(Some(1)).await;
        let first = send(running.addr, HALF).await;
        let second = send(running.addr, &[HALF, REST].concat()).await;
        for answer in [finish(first, REST).await, finish(second, &[]).await] {
            assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("127.0.0.1 1"), "{answer}");
        }
    }

    #[tokio::test]
    async fn shutdown_completes_requests_in_flight_and_refuses_new_connections() {
        let running = start(None).await;
        let stream = send(running.addr, HALF).await;
        let wait = async {
            while running.open.get() == 0 {
                tokio::task::yield_now().await;
            }
            drop(running.stop);
            while TcpStream::connect(running.addr).await.is_ok() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LONG, wait).await.expect("no timeout");
        assert!(!running.task.is_finished(), "the server waits for the request in flight");
        let answer = finish(stream, REST).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        tokio::time::timeout(LONG, running.task).await.expect("the server stops in time").expect("without a panic");
        assert_eq!(running.open.get(), 0);
    }
}
