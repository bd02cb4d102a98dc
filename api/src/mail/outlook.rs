//! Whether mails leave, as the last attempt or question told.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::way::Way;

/// How long it is believed that mails leave.
const WELL_FOR: Duration = Duration::from_mins(1);
/// How long it is believed that they don't: however many ask, the server is asked once in that time.
const ILL_FOR: Duration = Duration::from_secs(5);
/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Outlook(Arc<Mutex<Option<Known>>>);

#[derive(Clone, Copy, Debug)]
struct Known {
    works: bool,
    took: Duration,
    at: Instant,
}

impl Outlook {
    /// What an attempt to send told, which began at a time.
    pub(super) async fn learn(&self, works: bool, start: Instant) {
        let mut known = self.0.lock().await;
        *known = Some(Known { works, took: start.elapsed(), at: Instant::now() });
    }

    /// Whether mails leave, and how long it took to find out.
    pub(super) async fn ask(&self, way: &Way) -> (bool, Duration) {
        let mut known = self.0.lock().await;
        let believed = |known: &&Known| known.at.elapsed() < if known.works { WELL_FOR } else { ILL_FOR };
        if let Some(known) = known.as_ref().filter(believed) {
            return (known.works, known.took);
        }
        let start = Instant::now();
        let works = timeout(PATIENCE, way.is_open()).await.unwrap_or(false);
        let now = Known { works, took: start.elapsed(), at: Instant::now() };
        *known = Some(now);
        (now.works, now.took)
    }
}
