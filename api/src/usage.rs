//! What organizations used today: counted in memory, added to the database every minute and at the end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue, EntityTrait};

use crate::clock::Clock;
use crate::domain::id::OrganizationId;
use crate::error::ApiError;
use crate::store::entity::usage;
use crate::store::{Store, StoreError};

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
    calls_kept: u64,
    tokens_kept: u64,
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
        let changed: Vec<((OrganizationId, i64), u64, u64)> = {
            let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
            days.iter_mut()
                .filter(|(_, day)| day.calls > day.calls_kept || day.tokens > day.tokens_kept)
                .map(|(key, day)| {
                    let more = (*key, day.calls - day.calls_kept, day.tokens - day.tokens_kept);
                    (day.calls_kept, day.tokens_kept) = (day.calls, day.tokens);
                    more
                })
                .collect()
        };
        if !changed.is_empty() {
            let again = changed.clone();
            let written = self.store.writer.run(move |tx| Box::pin(add(tx, changed))).await;
            if let Err(error) = written {
                self.not_kept(again);
                return Err(error);
            }
        }
        self.days.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, day), _| *day >= today);
        Ok(())
    }

    fn not_kept(&self, more: Vec<((OrganizationId, i64), u64, u64)>) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, calls, tokens) in more {
            if let Some(day) = days.get_mut(&key) {
                day.calls_kept -= calls;
                day.tokens_kept -= tokens;
            }
        }
    }

    /// The counters of today, read from the database on a day's first use.
    async fn day(&self, organization: OrganizationId) -> Result<Day, StoreError> {
        let key = (organization, self.clock.now_ms().div_euclid(DAY_MS));
        if let Some(day) = self.days.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(*day);
        }
        let kept = usage::Entity::find_by_id((organization.to_string(), key.1)).one(&self.store.reader).await?;
        let (calls, tokens) = kept.map_or((0, 0), |kept| (kept.calls.unsigned_abs(), kept.tokens.unsigned_abs()));
        let day = Day { calls, tokens, calls_kept: calls, tokens_kept: tokens, session_calls: 0 };
        Ok(*self.days.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(day))
    }
}

async fn add(
    tx: &sea_orm::DatabaseTransaction,
    more: Vec<((OrganizationId, i64), u64, u64)>,
) -> Result<(), StoreError> {
    for ((organization, day), calls, tokens) in more {
        let (calls, tokens) = (i64::try_from(calls).unwrap_or(0), i64::try_from(tokens).unwrap_or(0));
        let row = usage::ActiveModel {
            organization_id: ActiveValue::Set(organization.to_string()),
            day: ActiveValue::Set(day),
            calls: ActiveValue::Set(calls),
            tokens: ActiveValue::Set(tokens),
        };
        let added = OnConflict::columns([usage::Column::OrganizationId, usage::Column::Day])
            .value(usage::Column::Calls, Expr::col((usage::Entity, usage::Column::Calls)).add(calls))
            .value(usage::Column::Tokens, Expr::col((usage::Entity, usage::Column::Tokens)).add(tokens))
            .to_owned();
        usage::Entity::insert(row).on_conflict(added).exec_without_returning(tx).await?;
    }
    Ok(())
}
