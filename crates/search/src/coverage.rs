//! The share of a query that a page matches. Scores alone are not enough: a page with one word of the query in its
//! title would rank above a page with all of them in its headings.

use std::collections::HashSet;

use tantivy::collector::DocSetCollector;
use tantivy::{DocAddress, Searcher};

use crate::error::SearchError;
use crate::index::Fields;
use crate::query::SearchQuery;

/// The documents that match each part of a query.
pub(crate) struct Coverage(Vec<HashSet<DocAddress>>);

impl Coverage {
    /// Looks up each part. Parts without a match don't count.
    pub(crate) fn measure(query: &SearchQuery, searcher: &Searcher, fields: &Fields) -> Result<Self, SearchError> {
        let found = query.part_queries(fields).map(|part| searcher.search(&*part, &DocSetCollector));
        let found = found.collect::<Result<Vec<_>, _>>()?;
        Ok(Self(found.into_iter().filter(|pages| !pages.is_empty()).collect()))
    }

    /// The share of the parts that a document matches, from 0 to 1.
    pub(crate) fn share(&self, document: DocAddress) -> f32 {
        // Queries have few parts.
        let number = |count: usize| f32::from(u8::try_from(count).unwrap_or(u8::MAX));
        let matching = self.0.iter().filter(|pages| pages.contains(&document)).count();
        if self.0.is_empty() { 0.0 } else { number(matching) / number(self.0.len()) }
    }
}
