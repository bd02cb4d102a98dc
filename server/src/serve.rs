//! From configuration to socket, and back: start, accept, stop.

mod connection;

use std::sync::Arc;

use site::render;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Config;
use crate::current_site::{ContentWatch, CurrentSite, follow_changes};
use crate::error::StartError;
use crate::front::Front;
use crate::logs;
use crate::marketplace::follow_marketplace;
use crate::metrics::Metrics;
use crate::onboarding::Onboarding;
use crate::router::router;
use crate::routes::health::Draining;

/// Serves until the process is told to stop (SIGTERM or SIGINT).
pub fn run(config: &Config) -> Result<(), StartError> {
    let _logs = logs::start(config).map_err(StartError::Logs)?;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if let Some(workers) = config.listen.workers {
        runtime.worker_threads(usize::from(workers));
    }
    let runtime = runtime.enable_all().build().map_err(StartError::Runtime)?;
    runtime.block_on(async {
        let server = Server::start(config.clone()).await?;
        server.announce();
        server.until_stopped(stop_signal()).await;
        Ok(())
    })
}

/// A server that listens.
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
    /// Listens, then reads the content: a taken port is told at once.
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

    /// Where it listens: of use where the port was left to the system.
    pub fn local_addr(&self) -> std::io::Result<std::net::SocketAddr> {
        self.listener.local_addr()
    }

    /// Where the metrics are, if they are served.
    pub fn metrics_addr(&self) -> Option<std::net::SocketAddr> {
        self.metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Says where the site is: in the log, and for people as the last line of the start.
    fn announce(&self) {
        let url = self.config.absolute(&format!("{}/", self.config.public.base_path));
        if self.config.public.site_url.is_none() && !self.config.is_development() {
            tracing::warn!("PUBLIC_SITE_URL is not set: canonical links and feeds name {}", self.config.origin());
        }
        tracing::info!(addr = %self.config.listen.addr, "the portal is at {url}");
    }

    /// Answers until `stop` is done; then new connections are refused and answers under way are finished.
    pub async fn until_stopped(self, stop: impl Future<Output = ()>) {
        if let Some(listener) = self.metrics_listener {
            let router = crate::routes::metrics::router(Arc::clone(&self.metrics));
            tokio::spawn(async move {
                if let Err(error) = axum::serve(listener, router).await {
                    tracing::error!("metrics: {error}");
                }
            });
        }
        let following = tokio::spawn(follow_marketplace(Arc::clone(&self.current)));
        let watching = tokio::spawn(follow_changes(Arc::clone(&self.current), self.watch));
        let draining = self.draining;
        let stop = async {
            stop.await;
            draining.begin();
        };
        connection::accept(self.listener, self.front, self.metrics, stop, self.config.listen.shutdown_seconds).await;
        for task in [watching, following] {
            task.abort();
            // Nothing of it runs on while the process ends. That it was ended is what its answer says.
            let _ = task.await;
        }
        self.current.wait_for_prewarming().await;
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
