//! Daily usage of organizations: counted in memory, written to the database every minute and at shutdown.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::OrganizationId;
use store::usage::{self, DayUsage};
use store::{Store, StoreError};

use crate::clock::Clock;
use crate::error::ApiError;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Counted metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Authenticated calls.
    Calls,
    /// Calls by portal sessions. Limited only to prevent their use in place of tokens; not persisted.
    SessionCalls,
    /// Issued tokens.
    Tokens,
}

/// Counters of an organization on a day.
#[derive(Clone, Copy, Debug, Default)]
struct Day {
    calls: u64,
    tokens: u64,
    session_calls: u64,
    /// Calls already written to the database.
    calls_saved: u64,
    tokens_saved: u64,
}

/// Usage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsageToday {
    /// Authenticated calls today.
    pub calls: u64,
    /// Tokens issued today.
    pub tokens: u64,
}

/// Usage counters.
#[derive(Clone, Debug)]
pub struct Usage {
    clock: Clock,
    store: Store,
    days: Arc<Mutex<HashMap<(OrganizationId, i64), Day>>>,
}

impl Usage {
    /// Creates counters on top of the database.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { clock, store, days: Arc::default() }
    }

    /// Returns the usage of an organization today.
    pub async fn today(&self, organization: OrganizationId) -> Result<UsageToday, StoreError> {
        let day = self.day(organization).await?;
        Ok(UsageToday { calls: day.calls, tokens: day.tokens })
    }

    /// Counts one use, unless the limit `limit` is reached.
    pub async fn take(&self, organization: OrganizationId, metric: Metric, limit: Option<u32>) -> Result<(), ApiError> {
        self.day(organization).await?;
        let now = self.clock.now_ms();
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let day = days.entry((organization, now.div_euclid(DAY_MS))).or_default();
        let (what, count) = match metric {
            Metric::Calls => ("calls per day", &mut day.calls),
            Metric::SessionCalls => ("session calls per day", &mut day.session_calls),
            Metric::Tokens => ("tokens per day", &mut day.tokens),
        };
        match limit {
            Some(limit) if *count >= u64::from(limit) => Err(ApiError::TierLimitExceeded {
                what,
                limit: u64::from(limit),
                current: *count,
                reset_seconds: Some(u64::try_from((DAY_MS - now.rem_euclid(DAY_MS)) / 1000 + 1).unwrap_or(1)),
            }),
            _ => {
                *count += 1;
                Ok(())
            }
        }
    }

    /// Writes new counts to the database and drops past days.
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

    /// Marks counts as unwritten after a failure.
    fn mark_unsaved(&self, unsaved: Vec<DayUsage>) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        for one in unsaved {
            if let Some(day) = days.get_mut(&(one.organization, one.day)) {
                day.calls_saved -= one.calls;
                day.tokens_saved -= one.tokens;
            }
        }
    }

    /// Returns today's counters, loaded from the database on first use.
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
