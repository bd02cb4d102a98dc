//! Work that no reader waits for: making answers before they are asked for, and packing them tight.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use super::Live;
use crate::generation::{Generation, Slot};

/// Warms the current generation, until another one comes or this is dropped.
///
/// One thread does all of it: what it packs tight takes the place of what it had packed itself. Where threads take turns, each
/// keeps the memory of what another one has freed: a site of 2,500 pages took 694 MB then, and takes 499 now.
pub(super) async fn warm(live: &Arc<Live>) {
    let ending = CancellationToken::new();
    let _ends_with_this = ending.clone().drop_guard();
    let (live, runtime) = (Arc::clone(live), Handle::current());
    if let Err(error) = tokio::task::spawn_blocking(move || work(&live, &ending, &runtime)).await {
        tracing::error!("packing failed: {error}");
    }
}

fn work(live: &Live, ending: &CancellationToken, runtime: &Handle) {
    let _packing = live.packing.blocking_lock();
    let generation = live.current();
    let is_over = || ending.is_cancelled() || !Arc::ptr_eq(&live.glance(), &generation);
    let hrefs: Vec<&str> = generation.hrefs().collect();
    live.metrics.unpolished.set(i64::try_from(hrefs.len()).unwrap_or(i64::MAX));
    for href in &hrefs {
        if is_over() {
            return;
        }
        each(&generation, href, |generation, slot| {
            if let Err(error) = generation.finish_here(slot, runtime) {
                tracing::error!("{href}: {error:?}");
            }
        });
    }
    for href in hrefs {
        if is_over() {
            return;
        }
        each(&generation, href, Generation::polish);
        live.metrics.unpolished.dec();
    }
}

/// Does something with a slot. A page that panics does not keep others from theirs.
fn each(generation: &Generation, href: &str, what: impl FnOnce(&Generation, &Slot)) {
    let Some(slot) = generation.slot(href) else { return };
    if catch_unwind(AssertUnwindSafe(|| what(generation, slot))).is_err() {
        tracing::error!("{href}: it panicked while it was made or packed");
    }
}
