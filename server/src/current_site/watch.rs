//! Watch of the content folder: an edit is visible within a second, and a missing folder is picked up once it appears.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::CurrentSite;
use crate::config::Config;

/// Quiet time after a change before a reload: editors and checkouts write several files.
const QUIET_TIME: Duration = Duration::from_millis(120);
/// Longest wait for a quiet time.
const MAX_WAIT: Duration = Duration::from_secs(2);
/// Interval of the check for a replaced folder, which sends no events.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// A started watch. It starts before the first load, so that no change is lost.
#[derive(Debug)]
pub struct ContentWatch {
    folders: WatchedFolders,
    sender: mpsc::Sender<()>,
    receiver: mpsc::Receiver<()>,
}

impl ContentWatch {
    /// Starts the watch.
    pub fn start(config: &Config) -> Self {
        let (sender, receiver) = mpsc::channel(1);
        Self { folders: WatchedFolders::start(config, sender.clone()), sender, receiver }
    }
}

/// Reloads the site on changes and prewarms it, until the process ends.
pub async fn follow_changes(current: Arc<CurrentSite>, watch: ContentWatch) {
    let ContentWatch { mut folders, sender, mut receiver } = watch;
    // Not a separate task: dropping this future stops prewarming before the process ends.
    let mut prewarming = Box::pin(current.prewarm());
    let mut is_warm = false;
    loop {
        let is_change = tokio::select! {
            _ = receiver.recv() => true,
            () = tokio::time::sleep(CHECK_INTERVAL) => false,
            () = &mut prewarming, if !is_warm => {
                is_warm = true;
                continue;
            }
        };
        if is_change {
            wait_for_quiet(&mut receiver).await;
        }
        let is_replaced = folders.is_replaced(&current.config);
        if !is_change && !is_replaced {
            continue;
        }
        let reloading = Arc::clone(&current);
        let is_read = tokio::task::spawn_blocking(move || reloading.reload()).await.unwrap_or(false);
        if is_replaced && is_read {
            folders = WatchedFolders::start(&current.config, sender.clone());
        }
        prewarming = Box::pin(current.prewarm());
        is_warm = false;
    }
}

/// Waits until nothing has changed for [`QUIET_TIME`]. Every event counts: a file that appeared and vanished may have
/// been read in between.
async fn wait_for_quiet(receiver: &mut mpsc::Receiver<()>) {
    let end = Instant::now() + MAX_WAIT;
    while let Ok(Some(())) = timeout_at(end.min(Instant::now() + QUIET_TIME), receiver.recv()).await {}
}

/// The watched folders.
struct WatchedFolders {
    /// None if the system can't watch; only a replaced folder is then noticed.
    _watcher: Option<RecommendedWatcher>,
    root: Option<FolderId>,
}

impl std::fmt::Debug for WatchedFolders {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("WatchedFolders").field("root", &self.root).finish_non_exhaustive()
    }
}

impl WatchedFolders {
    fn start(config: &Config, sender: mpsc::Sender<()>) -> Self {
        let changed = move |event: notify::Result<Event>| {
            let is_change = event.map_or(true, |event| !event.kind.is_access());
            // A full channel already contains an unseen change: one is enough.
            if is_change {
                let _ = sender.try_send(());
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
            tracing::warn!("content changes are not watched: {error}");
        }
        Self { _watcher: watcher.ok(), root: folder_id(&config.files.content_dir) }
    }

    /// Returns true if the folder at the path is not the watched one.
    fn is_replaced(&self, config: &Config) -> bool {
        folder_id(&config.files.content_dir) != self.root
    }
}

/// Device and inode of a folder.
type FolderId = (u64, u64);

#[cfg(unix)]
fn folder_id(path: &Path) -> Option<FolderId> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|data| (data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn folder_id(path: &Path) -> Option<FolderId> {
    path.metadata().ok().map(|_| (0, 0))
}
