//! Background work: building responses before the first request, and compressing them with the best effort.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use site::snapshot::{SiteEntry, SiteSnapshot};
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use super::CurrentSite;

/// Prewarms the current snapshot, until the next snapshot or until the future is dropped.
///
/// A single thread does all the work, so that a recompressed response reuses the memory of its predecessor. With
/// several threads, each retained the memory that another one freed: a site of 2,500 pages used 694 MB that way, and
/// uses 499 MB now.
pub(super) async fn prewarm(current: &Arc<CurrentSite>) {
    let cancelled = CancellationToken::new();
    let _guard = cancelled.clone().drop_guard();
    let (current, runtime) = (Arc::clone(current), Handle::current());
    if let Err(error) = tokio::task::spawn_blocking(move || prewarm_blocking(&current, &cancelled, &runtime)).await {
        tracing::error!("prewarming failed: {error}");
    }
}

fn prewarm_blocking(current: &CurrentSite, cancelled: &CancellationToken, runtime: &Handle) {
    let _prewarming = current.prewarming.blocking_lock();
    let snapshot = current.snapshot();
    let is_outdated = || cancelled.is_cancelled() || !Arc::ptr_eq(&current.peek(), &snapshot);
    let hrefs: Vec<&str> = snapshot.hrefs().collect();
    current.metrics.responses_to_recompress.set(i64::try_from(hrefs.len()).unwrap_or(i64::MAX));
    for href in &hrefs {
        if is_outdated() {
            return;
        }
        with_entry(&snapshot, href, |snapshot, entry| {
            if let Err(error) = snapshot.prepare_blocking(entry, runtime) {
                tracing::error!("{href}: {error:?}");
            }
        });
    }
    // Recompression needs no highlighting.
    content::release_definitions();
    if !current.config.is_recompressing() {
        current.metrics.responses_to_recompress.set(0);
        return;
    }
    for href in hrefs {
        if is_outdated() {
            return;
        }
        with_entry(&snapshot, href, SiteSnapshot::recompress);
        current.metrics.responses_to_recompress.dec();
    }
}

/// Calls `action` with an entry. A panic affects that page alone.
fn with_entry(snapshot: &SiteSnapshot, href: &str, action: impl FnOnce(&SiteSnapshot, &SiteEntry)) {
    let Some(entry) = snapshot.entry(href) else { return };
    if catch_unwind(AssertUnwindSafe(|| action(snapshot, entry))).is_err() {
        tracing::error!("{href}: a panic while its response was prepared");
    }
}
