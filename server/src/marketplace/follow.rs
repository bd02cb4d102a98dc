//! Hears of changes: every two seconds the API is asked what happened.

use std::sync::Arc;
use std::time::Duration;

use client::types::{Change, ChangeKind};
use tokio::time::{Instant, sleep};

use super::shelf::Shelf;
use crate::live::Live;

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(2);
/// The API's index is this late at most: what was asked before that may miss a change.
const LAG: Duration = Duration::from_millis(2_500);
/// How often it is looked whether all agents are known.
const FILL: Duration = Duration::from_secs(5);
/// How often the newest agents are asked for when nothing happens: claims end by the clock.
const NEWEST: Duration = Duration::from_mins(1);

/// Follows the marketplace until the process ends.
pub async fn follow(live: Arc<Live>) {
    let shelf = Arc::clone(live.shelf());
    tokio::spawn(fill(Arc::clone(&shelf)));
    let mut follower = Follower { since: None, lagging: None, asked: None, is_first: true };
    loop {
        follower.look(&live, &shelf).await;
        sleep(PAUSE).await;
    }
}

/// Reads all agents, and again should that be needed: apart, since it may take long.
async fn fill(shelf: Arc<Shelf>) {
    loop {
        shelf.directory.fill(shelf.source()).await;
        sleep(FILL).await;
    }
}

struct Follower {
    /// Behind which place among the changes to go on.
    since: Option<String>,
    /// When lists have to age once more.
    lagging: Option<Instant>,
    /// When the newest agents were last asked for.
    asked: Option<Instant>,
    is_first: bool,
}

impl Follower {
    async fn look(&mut self, live: &Arc<Live>, shelf: &Arc<Shelf>) {
        match self.hear(live, shelf).await {
            Ok(is_changed) => {
                shelf.directory.set_off(false);
                if shelf.set_down(false) {
                    tracing::info!("the registry answers again");
                }
                if is_changed {
                    self.asked = None;
                    self.lagging = Some(Instant::now() + LAG);
                }
            }
            Err(error) if error.is_not_found() => {
                // No marketplace: there is nothing to follow, and nothing to show.
                shelf.set_down(false);
                shelf.directory.set_off(true);
                if shelf.set_newest(Vec::new()) {
                    shelf.clear();
                    live.redraw_home().await;
                }
            }
            Err(error) => {
                if shelf.set_down(true) || self.is_first {
                    tracing::warn!("the registry can't be reached: {error}; what is kept is served");
                }
            }
        }
        self.is_first = false;
        if self.lagging.is_some_and(|end| end <= Instant::now()) {
            self.lagging = None;
            self.asked = None;
            shelf.age_lists();
        }
        if self.asked.is_none_or(|asked| asked.elapsed() > NEWEST)
            && let Ok(cards) = shelf.source().newest().await
        {
            self.asked = Some(Instant::now());
            shelf.source().try_credential();
            if shelf.set_newest(cards) {
                live.redraw_home().await;
            }
        }
    }

    /// Asks until there is no more. Whether anything happened.
    async fn hear(&mut self, live: &Arc<Live>, shelf: &Arc<Shelf>) -> Result<bool, client::Error> {
        let mut is_changed = false;
        loop {
            let changes = shelf.source().changes(self.since.clone()).await?;
            if changes.reset {
                shelf.clear();
                shelf.directory.empty();
            }
            is_changed |= changes.reset || !changes.data.is_empty();
            if apply(shelf, &changes.data) {
                live.redraw_home().await;
            }
            self.since = Some(changes.next_cursor);
            if !changes.has_more {
                return Ok(is_changed);
            }
        }
    }
}

/// What happened, in order. Whether it took one of the newest agents away.
fn apply(shelf: &Shelf, changes: &[Change]) -> bool {
    if changes.is_empty() {
        return false;
    }
    let (mut hidden, mut shown) = (Vec::new(), Vec::new());
    for change in changes {
        let id = change.agent_id;
        let (list, other) = match change.kind {
            ChangeKind::Hidden | ChangeKind::Gone => (&mut hidden, &mut shown),
            _ => (&mut shown, &mut hidden),
        };
        other.retain(|known| *known != id);
        list.push(id);
        shelf.age_agent(id);
        shelf.directory.change(id, change.at, matches!(change.kind, ChangeKind::Hidden | ChangeKind::Gone));
    }
    shelf.age_lists();
    shelf.hide(&hidden, &shown)
}
