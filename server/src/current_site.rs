//! The current snapshot of the site, and its replacement when files change.

mod prewarm;
mod watch;

use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use content::{Options, Site};
use search::SearchIndex;
use site::assets::Assets;
use site::snapshot::{RenderCounter, SiteSnapshot};
use site::{NewestAgents, SiteContext, SiteSettings, paths, view};
use tokio::sync::Mutex;

use crate::config::Config;
use crate::error::StartError;
use crate::marketplace::MarketplaceCache;
use crate::metrics::Metrics;

pub use watch::{ContentWatch, follow_changes};

/// The current snapshot, behind an atomic pointer.
#[derive(Debug)]
pub struct CurrentSite {
    snapshot: ArcSwap<SiteSnapshot>,
    search_index: Arc<SearchIndex>,
    config: Arc<Config>,
    metrics: Arc<Metrics>,
    marketplace: Arc<MarketplaceCache>,
    /// Held while responses are prewarmed.
    prewarming: Mutex<()>,
}

impl CurrentSite {
    /// Loads content and assets for the first time.
    ///
    /// # Errors
    ///
    /// [`StartError`] when content or assets can't be loaded, or the API's client can't be created.
    pub fn load(config: Arc<Config>, metrics: Arc<Metrics>) -> Result<Self, StartError> {
        let start = Instant::now();
        let assets = Arc::new(Assets::load(&config.files.site_root)?);
        let site = Arc::new(Site::load(&options(&config), None)?);
        for problem in site.problems() {
            tracing::warn!(target: "portal::content", "{problem}");
        }
        tracing::info!(
            pages = site.pages().len(),
            problems = site.problems().len(),
            millis = millis(start),
            "content loaded"
        );
        let newest = Arc::new(NewestAgents::default());
        let marketplace =
            Arc::new(MarketplaceCache::new(&config, Arc::clone(&newest), metrics.registry_failures.clone())?);
        let context = SiteContext { site, assets, settings: Arc::new(site_settings(&config)), newest };
        let current = Self {
            snapshot: ArcSwap::from_pointee(SiteSnapshot::new(context, render_counter(&metrics), None)),
            search_index: Arc::new(SearchIndex::new()?),
            config,
            metrics,
            marketplace,
            prewarming: Mutex::new(()),
        };
        current.update_gauges();
        current.update_search();
        Ok(current)
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Arc<SiteSnapshot> {
        self.snapshot.load_full()
    }

    /// The current snapshot, without a reference count.
    pub fn peek(&self) -> arc_swap::Guard<Arc<SiteSnapshot>> {
        self.snapshot.load()
    }

    /// The settings of the operator.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The cache of the marketplace.
    pub fn marketplace(&self) -> &Arc<MarketplaceCache> {
        &self.marketplace
    }

    /// Builds the home page again, since the newest agents changed.
    pub async fn rebuild_home(&self) {
        self.snapshot().rebuild_home(self.config.is_recompressing()).await;
    }

    /// Loads changed files. If the folder can't be read, the site stays as it was. Blocks.
    ///
    /// Returns true if the folder could be read.
    pub fn reload(&self) -> bool {
        let start = Instant::now();
        let previous = self.snapshot();
        let assets = match Assets::load(&self.config.files.site_root) {
            Ok(assets) => Arc::new(assets),
            Err(_) => Arc::clone(&previous.context.assets),
        };
        let site = match Site::load(&options(&self.config), Some(&previous.context.site)) {
            Ok(site) => Arc::new(site),
            Err(error) => {
                self.metrics.failed_reloads.inc();
                tracing::error!(target: "portal::content", "{error}; the previous version stays in use");
                return false;
            }
        };
        for problem in site.problems().iter().filter(|problem| !previous.context.site.problems().contains(problem)) {
            tracing::warn!(target: "portal::content", "{problem}");
        }
        tracing::info!(
            pages = site.pages().len(),
            problems = site.problems().len(),
            millis = millis(start),
            "content reloaded"
        );
        let context = SiteContext { site, assets, ..previous.context.clone() };
        let snapshot = SiteSnapshot::new(context, render_counter(&self.metrics), Some(&previous));
        self.snapshot.store(Arc::new(snapshot));
        self.metrics.reloads.inc();
        self.update_gauges();
        self.update_search();
        true
    }

    /// Waits until prewarming has stopped: it needs the runtime.
    pub async fn wait_for_prewarming(&self) {
        drop(self.prewarming.lock().await);
    }

    /// Builds all responses, then compresses them with the best effort, until the next snapshot. In the background.
    pub async fn prewarm(self: &Arc<Self>) {
        prewarm::prewarm(self).await;
    }

    /// Indexes the current snapshot on a separate thread, so that pages don't wait for the search.
    fn update_search(&self) {
        let (index, snapshot) = (Arc::clone(&self.search_index), self.snapshot());
        let update = move || {
            let start = Instant::now();
            match index.update(&snapshot.context.site, &view::searchable_pages()) {
                Ok(search) => {
                    snapshot.set_search(search);
                    tracing::debug!(millis = millis(start), "search index updated");
                }
                Err(error) => tracing::error!("search: {error}"),
            }
        };
        if let Err(error) = std::thread::Builder::new().name("search".to_owned()).spawn(update) {
            tracing::error!("search: no thread to update the index: {error}");
        }
    }

    fn update_gauges(&self) {
        let current = self.snapshot();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.metrics.pages.set(number(current.context.site.pages().len()));
        self.metrics.problems.set(number(current.context.site.problems().len()));
        // Prewarming, which starts a moment later, counts from there again.
        self.metrics.responses_to_recompress.set(number(current.hrefs().count()));
    }
}

fn render_counter(metrics: &Arc<Metrics>) -> RenderCounter {
    let metrics = Arc::clone(metrics);
    RenderCounter::new(move || metrics.renders.inc())
}

/// The settings that pages depend on.
fn site_settings(config: &Config) -> SiteSettings {
    SiteSettings {
        origin: config.origin(),
        base_path: config.public.base_path.clone(),
        edit_url: config.public.edit_url.clone(),
        api_origin: config.public_api(),
        is_https: config.is_https(),
    }
}

/// Options of the content pipeline.
fn options(config: &Config) -> Options {
    Options {
        root: config.files.content_dir.clone(),
        base: config.public.base_path.clone(),
        drafts: config.is_development(),
        keep_last_good: !config.is_development(),
        history: true,
        site_paths: paths::published(),
    }
}

fn millis(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}
