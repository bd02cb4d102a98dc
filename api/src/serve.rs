//! From configuration to socket, and back: start, accept, stop.

mod connection;

use std::sync::Arc;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::config::Config;
use crate::router::router;
use crate::routes::health::metrics;
use crate::state::{App, StartError};
use crate::{demo, jobs, logs, openapi};

/// Serves until the process is told to stop (SIGTERM or SIGINT).
pub fn run(config: Config) -> Result<(), StartError> {
    logs::start(&config);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if let Some(workers) = config.listen.workers {
        runtime.worker_threads(usize::from(workers));
    }
    let runtime = runtime.enable_all().build().map_err(StartError::Runtime)?;
    runtime.block_on(async {
        let server = Server::start(config, Clock::default()).await?;
        warn(&server.app.config);
        tracing::info!(addr = %server.app.config.listen.addr, "the API is at {}", server.app.origins.issuer);
        server.until_stopped(stop_signal()).await;
        Ok(())
    })
}

/// What works, and is not what one wants in production.
fn warn(config: &Config) {
    if config.is_development() {
        return;
    }
    if config.public.issuer.is_none() {
        tracing::warn!("ISSUER_URL is not set: tokens and DIDs name {}, and DIDs keep that for ever", config.issuer());
    }
    if config.public.portal.host_str() == Some("localhost") {
        tracing::warn!("PORTAL_URL is not set: links in mails lead to {}", config.public.portal);
    }
    if config.mail.smtp_url.is_none() {
        tracing::warn!(
            "SMTP_URL is not set: mails are written to {}, and nobody gets them",
            config.mail_dir().display()
        );
    }
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    /// What its handlers reach.
    pub app: Arc<App>,
    contract: Bytes,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    jobs: JoinSet<()>,
}

impl Server {
    /// Listens, then opens what it keeps: a taken port is told at once.
    pub async fn start(mut config: Config, clock: Clock) -> Result<Self, StartError> {
        let addr = config.listen.addr;
        let listener = TcpListener::bind(addr).await.map_err(|error| StartError::Listen(addr, error))?;
        // Where the port was left to the system, the issuer names the one that was given.
        config.listen.addr = listener.local_addr().unwrap_or(addr);
        let metrics_listener = match config.telemetry.metrics_addr {
            Some(addr) => Some(TcpListener::bind(addr).await.map_err(|error| StartError::ListenMetrics(addr, error))?),
            None => None,
        };
        let app = Arc::new(App::open(config, clock).await?);
        if app.config.is_development() {
            let count = demo::load(&app).await?;
            if count > 0 {
                tracing::info!(count, "demo agents were loaded, since the database was empty");
            }
        }
        let contract = openapi::json(&app.origins.issuer)?;
        let jobs = jobs::start(&app);
        Ok(Self { app, contract, listener, metrics_listener, jobs })
    }

    /// Answers until `stop` is done; then new connections are refused, and answers under way are finished.
    pub async fn until_stopped(mut self, stop: impl Future<Output = ()> + Send + 'static) {
        if let Some(listener) = self.metrics_listener.take() {
            let router = metrics::router(Arc::clone(&self.app.metrics));
            self.jobs.spawn(async move {
                if let Err(error) = axum::serve(listener, router).await {
                    tracing::error!("metrics: {error}");
                }
            });
        }
        let (app, draining) = (Arc::clone(&self.app), self.app.draining.clone());
        let stop = async move {
            stop.await;
            draining.set();
        };
        let seconds = app.config.listen.shutdown_seconds;
        connection::accept(self.listener, router(&self.app, self.contract), stop, seconds).await;
        self.jobs.shutdown().await;
        if let Err(error) = app.usage.flush().await {
            tracing::error!(%error, "what was used could not be kept");
        }
    }
}

/// SIGTERM or SIGINT.
async fn stop_signal() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("signals can't be heard: the server runs until it is killed");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
