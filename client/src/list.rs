//! Lists, a page at a time or all of them.

use std::pin::Pin;

use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A stream that can be kept and polled as it is.
pub type BoxStream<T> = Pin<Box<dyn Stream<Item = Result<T>> + Send>>;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct List<T> {
    /// What is on it.
    pub data: Vec<T>,
    /// How many there are in all.
    pub total: u64,
    /// Which page this is, from 1 on.
    pub page: u64,
    /// How many are on a page at most.
    pub limit: u64,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// Which page, from 1 on. Without it, the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// How many on a page, at most 100. Without it, 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl<T> List<T> {
    /// Whether there are pages behind this one.
    pub fn has_more(&self) -> bool {
        !self.data.is_empty() && self.page.saturating_mul(self.limit) < self.total
    }
}

/// All items of a list, page by page from `first` on. What is added or removed meanwhile can be seen twice, or not at all.
pub(crate) fn all<T, G, F>(first: Option<u64>, get: G) -> BoxStream<T>
where
    T: Send + 'static,
    G: Fn(u64) -> F + Send + 'static,
    F: Future<Output = Result<List<T>>> + Send + 'static,
{
    unfold(Some(first.unwrap_or(1)), move |page| {
        let list = get(page);
        async move {
            let list = list.await?;
            let next = list.has_more().then(|| page.saturating_add(1));
            Ok((list.data, next))
        }
    })
}

/// All items, part by part: `get` gives a part and where the next one begins.
pub(crate) fn unfold<C, T, G, F>(first: Option<C>, get: G) -> BoxStream<T>
where
    C: Send + 'static,
    T: Send + 'static,
    G: Fn(C) -> F + Send + 'static,
    F: Future<Output = Result<(Vec<T>, Option<C>)>> + Send + 'static,
{
    let parts = stream::try_unfold((first, get), |(place, get)| async move {
        let Some(place) = place else { return Ok::<_, Error>(None) };
        let (items, next) = get(place).await?;
        Ok(Some((items, (next, get))))
    });
    parts.map_ok(|items| stream::iter(items.into_iter().map(Ok))).try_flatten().boxed()
}
