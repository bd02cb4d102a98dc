//! The content folder, watched: an edit shows within a second, a folder that vanishes is waited for.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::Live;
use crate::config::Config;

/// Quiet time after a change before the folder is read: editors and checkouts write several files.
const QUIET: Duration = Duration::from_millis(120);
/// Longest wait for that: a folder that never rests is read all the same.
const RESTLESS: Duration = Duration::from_secs(2);
/// How often it is looked whether the folder is still the one that is watched: one that was replaced tells nothing.
const LOOK: Duration = Duration::from_secs(2);

/// A watch that has begun. It begins before the content is first read, so that no change falls in between.
#[derive(Debug)]
pub struct Watch {
    watched: Watched,
    tell: mpsc::Sender<()>,
    told: mpsc::Receiver<()>,
}

impl Watch {
    /// Begins.
    pub fn begin(config: &Config) -> Self {
        let (tell, told) = mpsc::channel(1);
        Self { watched: Watched::start(config, tell.clone()), tell, told }
    }
}

/// Follows what is watched until the process ends.
pub async fn follow(live: Arc<Live>, watch: Watch) {
    let Watch { mut watched, tell, mut told } = watch;
    // Not a task of its own: it ends with this one, and is over before the process is.
    let mut warming = Box::pin(live.warm());
    let mut is_warm = false;
    loop {
        let is_change = tokio::select! {
            _ = told.recv() => true,
            () = tokio::time::sleep(LOOK) => false,
            () = &mut warming, if !is_warm => {
                is_warm = true;
                continue;
            }
        };
        if is_change {
            rest(&mut told).await;
        }
        let is_replaced = watched.is_replaced(&live.config);
        if !is_change && !is_replaced {
            continue;
        }
        let again = Arc::clone(&live);
        let is_read = tokio::task::spawn_blocking(move || again.reload()).await.unwrap_or(false);
        if is_replaced && is_read {
            watched = Watched::start(&live.config, tell.clone());
        }
        warming = Box::pin(live.warm());
        is_warm = false;
    }
}

/// Waits until nothing has changed for a while. Every change counts: a file that appears and vanishes again meanwhile may
/// have been read in between.
async fn rest(told: &mut mpsc::Receiver<()>) {
    let end = Instant::now() + RESTLESS;
    while let Ok(Some(())) = timeout_at(end.min(Instant::now() + QUIET), told.recv()).await {}
}

/// The watched folders.
struct Watched {
    /// None where the system can't watch; then only a folder that is replaced is noticed.
    _watcher: Option<RecommendedWatcher>,
    root: Option<Identity>,
}

impl std::fmt::Debug for Watched {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Watched").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Watched {
    fn start(config: &Config, tell: mpsc::Sender<()>) -> Self {
        let changed = move |event: notify::Result<Event>| {
            let is_change = event.map_or(true, |event| !event.kind.is_access());
            // A full channel holds a change that was not seen yet: one is enough.
            if is_change {
                let _ = tell.try_send(());
            }
        };
        let watcher = notify::recommended_watcher(changed).and_then(|mut watcher| {
            watcher.watch(&config.files.content_dir, RecursiveMode::Recursive)?;
            if config.is_development() {
                watcher.watch(&config.files.site_root, RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        if let Err(error) = &watcher {
            tracing::warn!("content is not watched: {error}");
        }
        Self { _watcher: watcher.ok(), root: identity(&config.files.content_dir) }
    }

    /// Whether the folder is another one than that which is watched.
    fn is_replaced(&self, config: &Config) -> bool {
        identity(&config.files.content_dir) != self.root
    }
}

/// What tells a folder from another of the same name.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|data| (data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.metadata().ok().map(|_| (0, 0))
}
