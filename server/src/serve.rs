//! The portal's process: startup, connections, shutdown.

use std::sync::Arc;
use std::time::Duration;

use site::render;
use tokio::net::TcpListener;
use web::connection::{self, Connections, Limits};
use web::draining::Draining;
use web::{logs, process};

use crate::config::Config;
use crate::current_site::{ContentWatch, CurrentSite, follow_changes};
use crate::error::StartError;
use crate::front::Front;
use crate::marketplace::follow_marketplace;
use crate::metrics::Metrics;
use crate::onboarding::Onboarding;
use crate::router::router;

/// Timeout for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Time after which a response of which the client reads nothing is canceled.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum number of concurrent connections.
const MAX_CONNECTIONS: usize = 10_000;

/// Serves until SIGTERM or SIGINT.
pub fn run(config: &Config) -> Result<(), StartError> {
    let _logs = logs::start(config.log_format(), &config.telemetry.log_level).map_err(StartError::Logs)?;
    let runtime = process::runtime(config.listen.workers).map_err(StartError::Runtime)?;
    runtime.block_on(async {
        let server = Server::start(config.clone()).await?;
        server.announce();
        server.until_stopped(process::stop_signal()).await;
        Ok(())
    })
}

/// A listening server.
#[derive(Debug)]
pub struct Server {
    config: Arc<Config>,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    front: Front,
    current: Arc<CurrentSite>,
    watch: ContentWatch,
    metrics: Arc<Metrics>,
    draining: Draining,
}

impl Server {
    /// Binds the port, then loads the content, so that a port in use fails immediately.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let config = Arc::new(config);
        let addr = config.listen.addr;
        let listener = TcpListener::bind(addr).await.map_err(|error| StartError::Listen(addr, error))?;
        let metrics_listener = match config.telemetry.metrics_addr {
            Some(addr) => Some(TcpListener::bind(addr).await.map_err(|error| StartError::ListenMetrics(addr, error))?),
            None => None,
        };
        render::init();
        let metrics = Arc::new(Metrics::new()?);
        let watch = ContentWatch::start(&config);
        let current = Arc::new(CurrentSite::load(Arc::clone(&config), Arc::clone(&metrics))?);
        let draining = Draining::default();
        let onboarding = Onboarding::new(&current, &config)?;
        let router = router(&current, &config, draining.clone(), onboarding);
        let front = Front::new(Arc::clone(&current), Arc::clone(&metrics), router);
        Ok(Self { config, listener, metrics_listener, front, current, watch, metrics, draining })
    }

    /// Address of the listener: the system may have chosen the port.
    pub fn local_addr(&self) -> std::io::Result<std::net::SocketAddr> {
        self.listener.local_addr()
    }

    /// Address of the metrics listener, if metrics are served.
    pub fn metrics_addr(&self) -> Option<std::net::SocketAddr> {
        self.metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Logs the URL of the site.
    fn announce(&self) {
        let url = self.config.absolute(&format!("{}/", self.config.public.base_path));
        if self.config.public.site_url.is_none() && !self.config.is_development() {
            tracing::warn!("PUBLIC_SITE_URL is not set: canonical links and feeds name {}", self.config.origin());
        }
        tracing::info!(addr = %self.config.listen.addr, "listening on {url}");
    }

    /// Serves until `stop` completes; then refuses new connections and finishes requests in flight.
    pub async fn until_stopped(self, stop: impl Future<Output = ()>) {
        if let Some(listener) = self.metrics_listener {
            tokio::spawn(web::metrics::serve(listener, self.metrics.registry.clone()));
        }
        let following = tokio::spawn(follow_marketplace(Arc::clone(&self.current)));
        let watching = tokio::spawn(follow_changes(Arc::clone(&self.current), self.watch));
        let draining = self.draining;
        let stop = async {
            stop.await;
            draining.start();
        };
        let connections = Connections {
            limits: Limits {
                head_timeout: HEAD_TIMEOUT,
                write_timeout: WRITE_TIMEOUT,
                total: process::max_connections(MAX_CONNECTIONS),
                per_client: usize::try_from(self.config.listen.connections_per_address).unwrap_or(usize::MAX),
                trusted: self.config.listen.trusted_proxies.clone(),
            },
            grace: Duration::from_secs(u64::from(self.config.listen.shutdown_seconds)),
            metrics: connection::Metrics {
                open: self.metrics.connections.clone(),
                limited: self.metrics.limited_connections.clone(),
            },
        };
        connections.serve(self.listener, stop, |peer| self.front.for_peer(peer)).await;
        for task in [watching, following] {
            task.abort();
            // Waits for the end of the task, so that no part of it runs during shutdown. The result only reports the
            // cancellation.
            let _ = task.await;
        }
        self.current.wait_for_prewarming().await;
    }
}
