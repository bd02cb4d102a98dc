//! The shelf: answers of the API, kept by subject, bounded in bytes.
//!
//! Fresh for 60 s; for 5 min more handed out while a newer one is fetched behind it; for a day in place of one that can't
//! be fetched, with a notice. One question at a time for each subject. What the API says was hidden is never handed out.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use arc_swap::{ArcSwap, ArcSwapOption};
use client::AgentId;
use client::types::Card;
use moka::sync::Cache;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::ask::{Ask, Subject};
use super::directory::Directory;
use super::kept::{Age, Kept, Look};
use super::source::{Outage, PATIENCE, Source};
use crate::config::Config;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::error::{PageError, StartError};
use crate::generation::Generation;
use crate::view;

/// Bytes that kept answers may weigh. What is asked for often stays when it gets narrow (TinyLFU): a flood of questions
/// that are asked once pushes out its own kind.
const MOST_BYTES: u64 = 64 << 20;

/// What is kept of one subject.
#[derive(Debug, Default)]
struct Slot {
    kept: ArcSwapOption<Kept>,
    /// Held by whoever asks the API.
    asking: Mutex<()>,
    /// Whether somebody asks in the background.
    is_renewed: AtomicBool,
    /// Changes of an agent that were heard of.
    changes: AtomicU64,
    /// When the API could last not be asked.
    failed: RwLock<Option<Instant>>,
}

/// The marketplace's answers.
#[derive(Debug)]
pub struct Shelf {
    source: Source,
    slots: Cache<Subject, Arc<Slot>>,
    /// Changes that were heard of.
    changes: AtomicU64,
    /// Agents that must not be shown.
    hidden: ArcSwap<HashSet<AgentId>>,
    /// Whether the API did not answer when it was last asked for changes.
    is_down: AtomicBool,
    /// Every published agent.
    pub directory: Directory,
    /// The newest agents of which something was checked.
    newest: ArcSwap<Vec<Card>>,
}

impl Shelf {
    /// An empty one.
    ///
    /// # Errors
    ///
    /// Where the API's client can't be made.
    pub fn new(config: &Config) -> Result<Self, StartError> {
        let weigh = |_: &Subject, slot: &Arc<Slot>| slot.kept.load().as_ref().map_or(500, |kept| kept.weight());
        Ok(Self {
            source: Source::new(config)?,
            slots: Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build(),
            changes: AtomicU64::new(0),
            hidden: ArcSwap::default(),
            is_down: AtomicBool::new(false),
            directory: Directory::default(),
            newest: ArcSwap::default(),
        })
    }

    /// Who asks the API.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The newest agents of which something was checked, as they were last heard of.
    pub fn newest(&self) -> Arc<Vec<Card>> {
        self.newest.load_full()
    }

    /// Takes over the newest agents; whether they are others than before.
    pub(super) fn set_newest(&self, cards: Vec<Card>) -> bool {
        let is_other = **self.newest.load() != cards;
        if is_other {
            self.newest.store(Arc::new(cards));
        }
        is_other
    }

    /// A finished answer, if there is one that can be handed out as it is. Never waits.
    pub fn glance(&self, ask: &Ask, generation: &Generation) -> Option<Arc<Finished>> {
        if !ask.notes.is_empty() {
            return None;
        }
        let slot = self.slots.get(&ask.subject)?;
        let kept = slot.kept.load();
        let kept = kept.as_ref()?;
        if kept.age(self.changes_for(&ask.subject, &slot)) != Age::Fresh {
            return None;
        }
        kept.drawn(Look { form: ask.form, encoding: ask.encoding, is_old: false }, generation)
    }

    /// A finished answer.
    ///
    /// # Errors
    ///
    /// [`PageError::Unavailable`] where the API can't be asked and nothing is kept, [`PageError::NotFound`].
    pub async fn finished(
        self: &Arc<Self>,
        ask: &Ask,
        generation: &Arc<Generation>,
    ) -> Result<Arc<Finished>, PageError> {
        let (kept, is_old) = self.kept(&ask.subject).await?;
        if !ask.notes.is_empty() {
            let draft = view::marketplace::draft(generation, &ask.subject, &kept, ask.form, is_old, &ask.notes).await?;
            let is_https = generation.config.is_https();
            return Ok(Arc::new(Finished::in_one(draft, Effort::Quick, is_https, ask.encoding)));
        }
        let look = Look { form: ask.form, encoding: ask.encoding, is_old };
        if let Some(finished) = kept.drawn(look, generation) {
            return Ok(finished);
        }
        let draft = view::marketplace::draft(generation, &ask.subject, &kept, ask.form, is_old, &[]).await?;
        let is_https = generation.config.is_https();
        let finished = Arc::new(Finished::in_one(draft, Effort::Quick, is_https, ask.encoding));
        kept.keep(look, generation, Arc::clone(&finished));
        Ok(finished)
    }

    /// What the API says of a subject, or last said; and whether the reader has to be told that it is old.
    pub async fn kept(self: &Arc<Self>, subject: &Subject) -> Result<(Arc<Kept>, bool), PageError> {
        let slot = self.slots.get_with_by_ref(subject, Arc::default);
        let kept = slot.kept.load_full();
        let age = kept.as_ref().map_or(Age::Over, |kept| kept.age(self.changes_for(subject, &slot)));
        match (kept, age) {
            (Some(kept), Age::Fresh) => Ok((kept, false)),
            (Some(kept), Age::Bridged) => {
                self.renew_behind(subject, &slot);
                let is_failing = kept.is_failing.load(Ordering::Relaxed);
                Ok((kept, is_failing))
            }
            (Some(kept), Age::Old) if self.is_down() => {
                self.renew_behind(subject, &slot);
                Ok((kept, true))
            }
            (kept, age) => match self.renew(subject, &slot).await {
                Ok(kept) => Ok((kept, false)),
                Err(outage) => {
                    tracing::debug!(%outage, "the registry can't be asked");
                    let kept = kept.filter(|kept| age != Age::Over && !self.shows_hidden(kept));
                    kept.map(|kept| (kept, true)).ok_or(PageError::Unavailable)
                }
            },
        }
    }

    /// Asks the API; who comes while somebody asks waits for that answer.
    async fn renew(&self, subject: &Subject, slot: &Arc<Slot>) -> Result<Arc<Kept>, Outage> {
        let began = Instant::now();
        let turn = timeout(PATIENCE, slot.asking.lock()).await;
        let _turn = turn.map_err(|_| Outage("others wait for the same answer in vain".to_owned()))?;
        let failed = *slot.failed.read().unwrap_or_else(PoisonError::into_inner);
        if failed.is_some_and(|failed| failed > began) {
            return Err(Outage("the same question has just failed".to_owned()));
        }
        let before = slot.kept.load_full();
        if let Some(kept) = &before
            && kept.age(self.changes_for(subject, slot)) == Age::Fresh
        {
            return Ok(Arc::clone(kept));
        }
        // Read before asking: what changes while the answer is on its way makes it old.
        let changes = self.changes_for(subject, slot);
        let known = before.as_ref().and_then(|kept| kept.etag.as_ref());
        let answered = self.source.answer(subject, known).await;
        if answered.is_err() {
            *slot.failed.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            if let Some(kept) = &before {
                kept.is_failing.store(true, Ordering::Relaxed);
            }
        }
        let kept = match (answered?, before) {
            (None, Some(kept)) => {
                kept.say_again(changes);
                kept
            }
            (None, None) => return Err(Outage("the API answered 304 to a question without a version".to_owned())),
            (Some((answer, etag)), _) => Arc::new(Kept::new(answer, etag, changes)),
        };
        if self.shows_hidden(&kept) {
            // It was hidden while the answer was on its way.
            slot.kept.store(None);
            return Err(Outage("what it shows was hidden meanwhile".to_owned()));
        }
        slot.kept.store(Some(Arc::clone(&kept)));
        // Again, so that it is weighed with what it holds now.
        self.slots.insert(subject.clone(), Arc::clone(slot));
        Ok(kept)
    }

    /// Asks the API while a reader is served with what there is.
    fn renew_behind(self: &Arc<Self>, subject: &Subject, slot: &Arc<Slot>) {
        if slot.is_renewed.swap(true, Ordering::AcqRel) {
            return;
        }
        let (shelf, subject, slot) = (Arc::clone(self), subject.clone(), Arc::clone(slot));
        tokio::spawn(async move {
            if let Err(outage) = shelf.renew(&subject, &slot).await {
                tracing::debug!(%outage, "the registry can't be asked");
            }
            slot.is_renewed.store(false, Ordering::Release);
        });
    }

    /// Changes that make an answer old: all there are where it shows others, and its agent's own.
    fn changes_for(&self, subject: &Subject, slot: &Slot) -> u64 {
        let all = if subject.shows_others() { self.changes.load(Ordering::Relaxed) } else { 0 };
        all + slot.changes.load(Ordering::Relaxed)
    }

    fn shows_hidden(&self, kept: &Kept) -> bool {
        let hidden = self.hidden.load();
        !hidden.is_empty() && kept.ids.iter().any(|id| hidden.contains(id))
    }

    /// Something changed: lists have to be asked for anew.
    pub(super) fn age_lists(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }

    /// An agent is not as it was: what shows it by itself has to be asked for anew.
    pub(super) fn age_agent(&self, id: AgentId) {
        for subject in [Subject::Agent(id), Subject::Check(id)] {
            if let Some(slot) = self.slots.get(&subject) {
                slot.changes.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Agents that must not be shown, or may be shown again. Whether one of the newest is among the first.
    pub(super) fn hide(&self, hidden: &[AgentId], shown: &[AgentId]) -> bool {
        let mut all = HashSet::clone(&self.hidden.load());
        all.extend(hidden);
        all.retain(|id| !shown.contains(id));
        self.hidden.store(Arc::new(all));
        if hidden.is_empty() {
            return false;
        }
        for (_, slot) in &self.slots {
            let shows = slot.kept.load().as_ref().is_some_and(|kept| self.shows_hidden(kept));
            if shows {
                slot.kept.store(None);
            }
        }
        let rest = self.newest().iter().filter(|card| !hidden.contains(&card.agent_id)).cloned().collect();
        self.set_newest(rest)
    }

    /// Nothing that is kept may be trusted any more.
    pub(super) fn clear(&self) {
        self.slots.invalidate_all();
        self.age_lists();
    }

    /// Whether the API did not answer when it was last asked for changes.
    pub fn is_down(&self) -> bool {
        self.is_down.load(Ordering::Relaxed)
    }

    /// The same, as it was found just now. Whether that is news.
    pub(super) fn set_down(&self, is_down: bool) -> bool {
        self.is_down.swap(is_down, Ordering::Relaxed) != is_down
    }
}
