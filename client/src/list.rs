//! Paginated lists, by page or as a stream.

use std::pin::Pin;

use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Boxed stream of results.
pub type BoxStream<T> = Pin<Box<dyn Stream<Item = Result<T>> + Send>>;

/// Page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct List<T> {
    /// Items on this page.
    pub data: Vec<T>,
    /// Total number of items.
    pub total: u64,
    /// Page number, from 1.
    pub page: u64,
    /// Items per page.
    pub limit: u64,
}

/// Pagination parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// Page number, from 1. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Items per page, up to 100. Default: 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl<T> List<T> {
    /// Returns true if there are further pages.
    pub fn has_more(&self) -> bool {
        !self.data.is_empty() && self.page.saturating_mul(self.limit) < self.total
    }
}

/// Streams all items, page by page from `first`. Items added or removed meanwhile may appear twice or not at all.
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

/// Streams all items: `get` returns a batch and the position of the next one.
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
