//! Server process: start, accept, shut down.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use web::connection::{Connections, Limits, Metrics, route};
use web::{logs, process};

use crate::clock::Clock;
use crate::config::Config;
use crate::router::router;
use crate::state::{App, StartError};
use crate::{demo, jobs, openapi};

/// Time limit for the head of a request, including the wait for the next one on the same connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// Time after which a response of which the client reads nothing is canceled.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum number of concurrent connections.
const MAX_CONNECTIONS: usize = 10_000;

/// Serves until SIGTERM or SIGINT.
pub fn run(config: Config) -> Result<(), StartError> {
    let _logs = logs::start(config.log_format(), &config.telemetry.log_level).map_err(StartError::Logs)?;
    let runtime = process::runtime(config.listen.workers).map_err(StartError::Runtime)?;
    runtime.block_on(async {
        let server = Server::start(config, Clock::default()).await?;
        warn_of_settings(&server.app.config);
        tracing::info!(addr = %server.app.config.listen.addr, "API ready at {}", server.app.origins.issuer);
        server.until_stopped(process::stop_signal()).await;
        Ok(())
    })
}

/// Warns of settings that are valid but wrong in production.
fn warn_of_settings(config: &Config) {
    if config.is_development() {
        return;
    }
    if config.public.issuer.is_none() {
        tracing::warn!(
            "ISSUER_URL is not set: tokens and DIDs contain {}, and DIDs can't be changed later",
            config.issuer()
        );
    }
    if config.public.portal.host_str() == Some("localhost") {
        tracing::warn!("PORTAL_URL is not set: links in emails point to {}", config.public.portal);
    }
    if config.mail.smtp_url.is_none() {
        tracing::warn!("SMTP_URL is not set: emails are written to {} and not sent", config.mail_dir().display());
    }
}

/// Listening server.
#[derive(Debug)]
pub struct Server {
    /// State shared by the handlers.
    pub app: Arc<App>,
    contract: Bytes,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    jobs: JoinSet<()>,
}

impl Server {
    /// Listens, then opens the database, so that an occupied port fails immediately.
    pub async fn start(mut config: Config, clock: Clock) -> Result<Self, StartError> {
        let addr = config.listen.addr;
        let listener = TcpListener::bind(addr).await.map_err(|error| StartError::Listen(addr, error))?;
        // The issuer includes a port chosen by the system.
        config.listen.addr = listener.local_addr().unwrap_or(addr);
        let metrics_listener = match config.telemetry.metrics_addr {
            Some(addr) => Some(TcpListener::bind(addr).await.map_err(|error| StartError::ListenMetrics(addr, error))?),
            None => None,
        };
        let app = Arc::new(App::open(config, clock).await?);
        if app.config.is_development() {
            let count = demo::load(&app).await?;
            if count > 0 {
                tracing::info!(count, "loaded demo agents into the empty database");
            }
        }
        let contract = openapi::json(&app.origins.issuer)?;
        let jobs = jobs::start(&app);
        Ok(Self { app, contract, listener, metrics_listener, jobs })
    }

    /// Serves until `stop` completes; then refuses new connections and finishes requests in flight.
    pub async fn until_stopped(mut self, stop: impl Future<Output = ()> + Send + 'static) {
        if let Some(listener) = self.metrics_listener.take() {
            self.jobs.spawn(web::metrics::serve(listener, self.app.metrics.registry.clone()));
        }
        let (app, draining) = (Arc::clone(&self.app), self.app.draining.clone());
        let stop = async move {
            stop.await;
            draining.start();
        };
        let connections = Connections {
            limits: Limits {
                head_timeout: HEAD_TIMEOUT,
                write_timeout: WRITE_TIMEOUT,
                total: process::max_connections(MAX_CONNECTIONS),
                per_client: usize::try_from(app.config.listen.connections_per_address).unwrap_or(usize::MAX),
                trusted: app.config.listen.trusted_proxies.clone(),
            },
            grace: Duration::from_secs(u64::from(app.config.listen.shutdown_seconds)),
            metrics: Metrics {
                open: app.metrics.connections.clone(),
                limited: app.metrics.limited_connections.clone(),
            },
        };
        let router = router(&app, self.contract);
        connections.serve(self.listener, stop, |peer| route(router.clone(), peer)).await;
        self.jobs.shutdown().await;
        if let Err(error) = app.usage.flush().await {
            tracing::error!(%error, "could not write the usage");
        }
    }
}
