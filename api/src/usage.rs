//! What organizations used today: counted in memory, added to the database every minute and at the end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::OrganizationId;
use store::usage::{self, DayUsage};
use store::{Store, StoreError};

use crate::clock::Clock;
use crate::error::ApiError;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Authenticated calls.
    Calls,
    /// Calls by the session of a portal. They bound who would use one in place of a token, and no more: a restart forgets them.
    SessionCalls,
    /// Tokens that were issued.
    Tokens,
}

/// An organization's day.
#[derive(Clone, Copy, Debug, Default)]
struct Day {
    calls: u64,
    tokens: u64,
    session_calls: u64,
    /// How much of that the database has.
    calls_saved: u64,
    tokens_saved: u64,
}

/// What was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Authenticated calls today.
    pub calls: u64,
    /// Tokens issued today.
    pub tokens: u64,
}

/// All counters.
#[derive(Clone, Debug)]
pub struct Usage {
    clock: Clock,
    store: Store,
    days: Arc<Mutex<HashMap<(OrganizationId, i64), Day>>>,
}

impl Usage {
    /// Counters over what the database has.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { clock, store, days: Arc::default() }
    }

    /// What an organization used today.
    pub async fn today(&self, organization: OrganizationId) -> Result<Used, StoreError> {
        let day = self.day(organization).await?;
        Ok(Used { calls: day.calls, tokens: day.tokens })
    }

    /// Counts one, unless there are `most` already.
    pub async fn take(&self, organization: OrganizationId, metric: Metric, most: Option<u32>) -> Result<(), ApiError> {
        self.day(organization).await?;
        let now = self.clock.now_ms();
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let day = days.entry((organization, now.div_euclid(DAY_MS))).or_default();
        let (what, count) = match metric {
            Metric::Calls => ("calls a day", &mut day.calls),
            Metric::SessionCalls => ("calls a day by sessions", &mut day.session_calls),
            Metric::Tokens => ("tokens a day", &mut day.tokens),
        };
        match most {
            Some(most) if *count >= u64::from(most) => Err(ApiError::TierLimitExceeded {
                what,
                limit: u64::from(most),
                current: *count,
                reset_seconds: Some(u64::try_from((DAY_MS - now.rem_euclid(DAY_MS)) / 1000 + 1).unwrap_or(1)),
            }),
            _ => {
                *count += 1;
                Ok(())
            }
        }
    }

    /// Adds what was counted to the database, and forgets days that are over.
    pub async fn flush(&self) -> Result<(), StoreError> {
        let today = self.clock.now_ms().div_euclid(DAY_MS);
        let changed: Vec<DayUsage> = {
            let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
            days.iter_mut()
                .filter(|(_, day)| day.calls > day.calls_saved || day.tokens > day.tokens_saved)
                .map(|(key, day)| {
                    let more = DayUsage {
                        organization: key.0,
                        day: key.1,
                        calls: day.calls - day.calls_saved,
                        tokens: day.tokens - day.tokens_saved,
                    };
                    (day.calls_saved, day.tokens_saved) = (day.calls, day.tokens);
                    more
                })
                .collect()
        };
        if !changed.is_empty()
            && let Err(error) = usage::add(&self.store, changed.clone()).await
        {
            self.mark_unsaved(changed);
            return Err(error);
        }
        self.days.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, day), _| *day >= today);
        Ok(())
    }

    /// Takes back that the database has something.
    fn mark_unsaved(&self, unsaved: Vec<DayUsage>) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        for one in unsaved {
            if let Some(day) = days.get_mut(&(one.organization, one.day)) {
                day.calls_saved -= one.calls;
                day.tokens_saved -= one.tokens;
            }
        }
    }

    /// The counters of today, read from the database on a day's first use.
    async fn day(&self, organization: OrganizationId) -> Result<Day, StoreError> {
        let key = (organization, self.clock.now_ms().div_euclid(DAY_MS));
        if let Some(day) = self.days.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(*day);
        }
        let DayUsage { calls, tokens, .. } = usage::get(&self.store, key.0, key.1).await?;
        let day = Day { calls, tokens, calls_saved: calls, tokens_saved: tokens, session_calls: 0 };
        Ok(*self.days.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(day))
    }
}
