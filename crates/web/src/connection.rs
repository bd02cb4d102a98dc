//! The accept loop: accepts connections, limits their number and time, and finishes them before the process ends.
//!
//! Hostile clients hold connections: they send slowly, don't read, or stay idle. The limits keep a share for everyone:
//! a connection per client is refused beyond [`Limits::per_client`], and a full server closes the oldest connection of
//! the client that has most ([`open`]).

mod open;

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
use ipnet::IpNet;
use prometheus::{IntCounter, IntGauge};
use tokio::net::TcpListener;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use crate::client_address::Peer;
use open::OpenConnections;

/// Maximum size of a request's head, in bytes. Requests with more than 100 headers, which is hyper's own limit, also
/// get 431.
const MAX_HEAD: usize = 64 * 1024;
/// Pause after a failed accept, which fails again immediately while the process has no file descriptors left.
const PAUSE: Duration = Duration::from_millis(50);

/// Connections of a server.
#[derive(Clone, Debug)]
pub struct Connections {
    /// Limits.
    pub limits: Limits,
    /// Time for requests in flight to finish once the server stops.
    pub grace: Duration,
    /// Metrics.
    pub metrics: Metrics,
}

/// Limits of connections.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Timeout for the head of a request, including the idle time before it on a persistent connection. Disconnects
    /// clients that keep connections open by sending bytes slowly.
    pub head_timeout: Duration,
    /// Time after which a response of which the client reads nothing is canceled.
    pub write_timeout: Duration,
    /// Maximum number of connections.
    pub total: usize,
    /// Maximum number of connections of a client: an IPv4 address, or the first 64 bits of an IPv6 address.
    pub per_client: usize,
    /// Peers without a limit of their own: proxies, which connect for many clients.
    pub trusted: Vec<IpNet>,
}

/// Metrics of connections.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Open connections.
    pub open: IntGauge,
    /// Connections that a limit refused or closed.
    pub limited: IntCounter,
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
        builder.timer(TokioTimer::new()).header_read_timeout(self.limits.head_timeout).max_buf_size(MAX_HEAD);
        let graceful = GracefulShutdown::new();
        let all = Arc::new(OpenConnections::new(self.limits.clone(), self.metrics.clone()));
        tokio::pin!(stop);
        loop {
            // Always accepts at once: connections that wait in the system's queue would delay those behind them.
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
            let Some(place) = all.admit(peer.ip()) else { continue };
            // Small responses must not wait for a full packet.
            let _ = stream.set_nodelay(true);
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(self.limits.write_timeout));
            let connection = builder.serve_connection(TokioIo::new(Box::pin(stream)), service(Peer(peer.ip())));
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                let ended = tokio::select! {
                    ended = connection => ended,
                    () = place.closed() => return,
                };
                // Clients that disconnect, or send bytes that are not HTTP, are normal.
                if let Err(error) = ended {
                    tracing::debug!("a connection ended: {error}");
                }
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
mod tests;
