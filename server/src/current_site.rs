//! The site as it is now, and its replacement when files change.

mod polish;
mod watch;

use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use content::{Options, Site};
use tokio::sync::Mutex;

use crate::config::Config;
use crate::edge::assets::Assets;
use crate::error::StartError;
use crate::generation::Generation;
use crate::marketplace::Shelf;
use crate::metrics::Metrics;
use crate::search::Engine;
use crate::site_paths;
use crate::view;

pub use watch::{Watch, follow};

/// The current generation, behind a pointer that readers follow without a lock.
#[derive(Debug)]
pub struct Live {
    current: ArcSwap<Generation>,
    engine: Arc<Engine>,
    config: Arc<Config>,
    metrics: Arc<Metrics>,
    shelf: Arc<Shelf>,
    /// Held while answers are packed.
    packing: Mutex<()>,
}

impl Live {
    /// Reads content and assets for the first time.
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
            "content read"
        );
        let shelf = Arc::new(Shelf::new(&config)?);
        let generation =
            Generation::new(site, assets, Arc::clone(&config), Arc::clone(&metrics), Arc::clone(&shelf), None);
        let engine = Arc::new(Engine::new()?);
        let live = Self {
            current: ArcSwap::from_pointee(generation),
            engine,
            config,
            metrics,
            shelf,
            packing: Mutex::new(()),
        };
        live.count();
        live.index();
        Ok(live)
    }

    /// The site as it is now.
    pub fn current(&self) -> Arc<Generation> {
        self.current.load_full()
    }

    /// The marketplace's answers.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Makes the home page again, since what it shows of the marketplace is another.
    pub async fn redraw_home(&self) {
        self.current().redraw_home().await;
    }

    /// A look at it that costs no reference count.
    pub fn glance(&self) -> arc_swap::Guard<Arc<Generation>> {
        self.current.load()
    }

    /// Reads again what changed. When nothing can be read, the site stays as it was. Blocks.
    ///
    /// Returns whether the folder could be read.
    pub fn reload(&self) -> bool {
        let start = Instant::now();
        let before = self.current();
        let assets = match Assets::load(&self.config.files.site_root) {
            Ok(assets) => Arc::new(assets),
            Err(_) => Arc::clone(&before.assets),
        };
        let site = match Site::load(&options(&self.config), Some(&before.site)) {
            Ok(site) => Arc::new(site),
            Err(error) => {
                self.metrics.failed_reloads.inc();
                tracing::error!(target: "portal::content", "{error}; the site before is kept");
                return false;
            }
        };
        for problem in site.problems().iter().filter(|problem| !before.site.problems().contains(problem)) {
            tracing::warn!(target: "portal::content", "{problem}");
        }
        let generation = Generation::new(
            site,
            assets,
            Arc::clone(&self.config),
            Arc::clone(&self.metrics),
            Arc::clone(&self.shelf),
            Some(&before),
        );
        tracing::info!(
            pages = generation.site.pages().len(),
            problems = generation.site.problems().len(),
            millis = millis(start),
            "content read again"
        );
        self.current.store(Arc::new(generation));
        self.metrics.reloads.inc();
        self.count();
        self.index();
        true
    }

    /// Waits until nothing is packed any more: what is under way needs the runtime.
    pub async fn rested(&self) {
        drop(self.packing.lock().await);
    }

    /// Makes all answers, then packs them with the best effort, until the next generation comes. In the background.
    pub async fn warm(self: &Arc<Self>) {
        polish::warm(self).await;
    }

    /// Makes the current generation's search, on a thread of its own: pages need not wait for it.
    fn index(&self) {
        let (engine, generation) = (Arc::clone(&self.engine), self.current());
        let work = move || {
            let start = Instant::now();
            match engine.update(&generation.site, &view::extras()) {
                Ok(search) => {
                    generation.set_search(search);
                    tracing::debug!(millis = millis(start), "search index made");
                }
                Err(error) => tracing::error!("search: {error}"),
            }
        };
        if let Err(error) = std::thread::Builder::new().name("search".to_owned()).spawn(work) {
            tracing::error!("search: no thread to make the index: {error}");
        }
    }

    fn count(&self) {
        let current = self.current();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.metrics.pages.set(number(current.site.pages().len()));
        self.metrics.problems.set(number(current.site.problems().len()));
    }
}

/// How the content is read.
fn options(config: &Config) -> Options {
    Options {
        root: config.files.content_dir.clone(),
        base: config.public.base_path.clone(),
        drafts: config.is_development(),
        keep_last_good: !config.is_development(),
        history: true,
        site_paths: site_paths::all(),
    }
}

fn millis(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}
