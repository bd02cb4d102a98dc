//! An answer of the API that is kept, and its faces once they are drawn.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use client::types::Card;
use client::{AgentId, ETag, Timestamp};

use super::answer::Answer;
use super::ask::Form;
use crate::edge::finished::Finished;
use crate::edge::negotiate::Encoding;
use crate::generation::Generation;

/// How long an answer is as good as new.
pub(super) const FRESH: Duration = Duration::from_mins(1);
/// How long it is handed out after that while a newer one is fetched behind it.
pub(super) const BRIDGED: Duration = Duration::from_mins(6);
/// How long it stands in for one that can't be fetched.
pub(super) const LONGEST: Duration = Duration::from_hours(24);

/// How an answer may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// As it is.
    Fresh,
    /// As it is; a newer one is fetched meanwhile.
    Bridged,
    /// Only if there is no newer one.
    Old,
    /// Not at all.
    Over,
}

/// Forms, each in three encodings, as it is and as it is when it is old.
const PLACES: usize = Form::ALL.len() * 3 * 2;

/// One of the ways in which an answer is handed out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) form: Form,
    pub(super) encoding: Encoding,
    /// Whether a notice says that it is old.
    pub(super) is_old: bool,
}

impl Look {
    fn place(self) -> usize {
        let form = Form::ALL.iter().position(|known| *known == self.form).unwrap_or_default();
        let encoding = match self.encoding {
            Encoding::Identity => 0,
            Encoding::Gzip => 1,
            Encoding::Brotli => 2,
        };
        (form * 3 + encoding) * 2 + usize::from(self.is_old)
    }
}

/// An answer that is kept.
#[derive(Debug)]
pub struct Kept {
    /// What the API said.
    pub answer: Answer,
    /// Its version, as the API has it.
    pub(super) etag: Option<ETag>,
    /// Agents that it shows.
    pub(super) ids: HashSet<AgentId>,
    /// When it was fetched, for a notice.
    pub at: Timestamp,
    /// Milliseconds between `born` and the last time that the API said it.
    said: AtomicU64,
    born: Instant,
    /// How many changes of the marketplace it knows of.
    changes: AtomicU64,
    /// Whether a newer one could not be fetched.
    pub(super) is_failing: AtomicBool,
    /// Each form in each encoding, as it is and with a notice that it is old.
    drawn: [ArcSwapOption<Drawn>; PLACES],
}

/// A form of an answer, drawn for one state of the site.
#[derive(Debug)]
struct Drawn {
    surroundings: u64,
    finished: Arc<Finished>,
}

impl Kept {
    pub(super) fn new(answer: Answer, etag: Option<ETag>, changes: u64) -> Self {
        Self {
            ids: ids(&answer),
            answer,
            etag,
            at: Timestamp::now(),
            said: AtomicU64::new(0),
            born: Instant::now(),
            changes: AtomicU64::new(changes),
            is_failing: AtomicBool::new(false),
            drawn: Default::default(),
        }
    }

    /// The API said it again.
    pub(super) fn say_again(&self, changes: u64) {
        self.said.store(u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.changes.store(changes, Ordering::Relaxed);
        self.is_failing.store(false, Ordering::Relaxed);
    }

    /// How it may be used, `changes` having happened in all. A list is old once anything has changed.
    pub(super) fn age(&self, changes: u64) -> Age {
        let said = Duration::from_millis(self.said.load(Ordering::Relaxed));
        let age = self.born.elapsed().saturating_sub(said);
        if age > LONGEST {
            Age::Over
        } else if age > BRIDGED || self.changes.load(Ordering::Relaxed) < changes {
            Age::Old
        } else if age > FRESH {
            Age::Bridged
        } else {
            Age::Fresh
        }
    }

    /// What is written of its time in a notice: minutes are enough.
    pub fn since(&self) -> String {
        minutes(self.at)
    }

    /// A form of it, if it was drawn for this state of the site.
    pub(super) fn drawn(&self, look: Look, generation: &Generation) -> Option<Arc<Finished>> {
        let drawn = self.drawn[look.place()].load();
        let drawn = drawn.as_ref().filter(|drawn| drawn.surroundings == generation.frame_hash())?;
        Some(Arc::clone(&drawn.finished))
    }

    pub(super) fn keep(&self, look: Look, generation: &Generation, finished: Arc<Finished>) {
        let drawn = Drawn { surroundings: generation.frame_hash(), finished };
        self.drawn[look.place()].store(Some(Arc::new(drawn)));
    }

    /// What it weighs with all its forms, in bytes, roughly: a list's forms are some four times as long as what is said of
    /// its agents, an agent's ten times.
    pub(super) fn weight(&self) -> u32 {
        let card = |card: &Card| 600 + card.name.len() + card.description.len() + 24 * card.capabilities.len();
        let cards = |cards: &[Card]| cards.iter().map(card).sum::<usize>();
        let bytes = match &self.answer {
            Answer::List(list) => 4_000 + 4 * cards(&list.page.data),
            Answer::Publisher(publisher) => 4_000 + 4 * cards(&publisher.page.data),
            Answer::Agent(agent) => 30_000 + 10 * card(&agent.detail.card) + 4 * cards(&agent.related),
            Answer::Check(check) => 20_000 + 10 * card(&check.detail.card),
            Answer::Moved(_) | Answer::Gone(_) | Answer::Missing | Answer::Off => 2_000,
        };
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

/// A time as it is shown: `2026-11-27 09:40 UTC`.
pub fn minutes(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) => format!("{day} {time} UTC"),
        _ => text,
    }
}

fn ids(answer: &Answer) -> HashSet<AgentId> {
    let of = |cards: &[Card]| cards.iter().map(|card| card.agent_id).collect::<HashSet<_>>();
    match answer {
        Answer::List(list) => of(&list.page.data),
        Answer::Publisher(publisher) => of(&publisher.page.data),
        Answer::Agent(agent) => {
            let mut ids = of(&agent.related);
            ids.insert(agent.detail.card.agent_id);
            ids
        }
        Answer::Check(check) => HashSet::from([check.detail.card.agent_id]),
        Answer::Moved(_) | Answer::Gone(_) | Answer::Missing | Answer::Off => HashSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_makes_a_list_old_and_being_said_again_makes_it_fresh() {
        let kept = Kept::new(Answer::Missing, None, 3);
        assert_eq!(kept.age(3), Age::Fresh);
        assert_eq!(kept.age(4), Age::Old);
        kept.say_again(4);
        assert_eq!(kept.age(4), Age::Fresh);
    }

    #[test]
    fn a_time_is_shown_to_the_minute() {
        assert_eq!(minutes("2026-11-27T09:40:31.5Z".parse().expect("a time")), "2026-11-27 09:40 UTC");
    }
}
