//! Work that no reader waits for: making answers before they are asked for, and packing them tight.

use std::sync::Arc;

use super::Live;
use crate::generation::Generation;

/// Warms the current generation.
pub(super) async fn warm(live: &Arc<Live>) {
    let generation = live.current();
    let hrefs: Vec<String> = generation.hrefs().map(str::to_owned).collect();
    live.metrics.unpolished.set(i64::try_from(hrefs.len()).unwrap_or(i64::MAX));
    for href in &hrefs {
        if is_over(live, &generation) {
            return;
        }
        let Some(slot) = generation.slot(href) else { continue };
        if let Err(error) = generation.finished(slot).await {
            tracing::error!("{href}: {error:?}");
        }
    }
    for href in hrefs {
        if is_over(live, &generation) {
            return;
        }
        let generation = Arc::clone(&generation);
        let polished =
            tokio::task::spawn_blocking(move || generation.slot(&href).map(|slot| generation.polish(slot))).await;
        if let Err(error) = polished {
            tracing::error!("packing failed: {error}");
        }
        live.metrics.unpolished.dec();
    }
}

/// Whether another generation has taken over.
fn is_over(live: &Live, generation: &Arc<Generation>) -> bool {
    !Arc::ptr_eq(&live.glance(), generation)
}
