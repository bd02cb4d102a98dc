//! How much of a question a page has. The sum of its words' weights does not say: a page whose title has one word would
//! stand above one that has them all in its headings.

use std::collections::HashSet;

use tantivy::collector::DocSetCollector;
use tantivy::{DocAddress, Searcher};

use super::SearchError;
use super::index::Fields;
use super::question::Question;

/// Where each part of a question stands.
pub(super) struct Coverage(Vec<HashSet<DocAddress>>);

impl Coverage {
    /// Looks each part up. A part that stands nowhere says nothing of any page.
    pub(super) fn of(question: &Question, searcher: &Searcher, fields: &Fields) -> Result<Self, SearchError> {
        let found = question.part_queries(fields).map(|part| searcher.search(&*part, &DocSetCollector));
        let found = found.collect::<Result<Vec<_>, _>>()?;
        Ok(Self(found.into_iter().filter(|pages| !pages.is_empty()).collect()))
    }

    /// The share of the parts that an entry has, from 0 to 1.
    pub(super) fn share(&self, entry: DocAddress) -> f32 {
        // Questions have few parts.
        let number = |count: usize| f32::from(u8::try_from(count).unwrap_or(u8::MAX));
        let has = self.0.iter().filter(|pages| pages.contains(&entry)).count();
        if self.0.is_empty() { 0.0 } else { number(has) / number(self.0.len()) }
    }
}
