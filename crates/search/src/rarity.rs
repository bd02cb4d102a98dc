//! Document frequency of a word across all fields.
//!
//! tantivy weights a word by its rarity in the field of the match. Titles have few words, so each is rare there, and
//! `page` in a title would outweigh `boost` in a text. Here, the frequency of a word is that of its most frequent form
//! in its most frequent field, and fields differ only by their weights (as in BM25F).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::index::Fields;
use crate::tokenizer::stem;

/// Document frequencies in one of the two indexes.
pub(crate) struct Rarity<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    /// Counts so far: tantivy requests the count of a word once per field.
    counted: Mutex<HashMap<String, u64>>,
}

impl<'a> Rarity<'a> {
    /// Creates a counter for an index.
    pub(crate) fn new(searcher: &'a Searcher, fields: &'a Fields) -> Self {
        Self { searcher, fields, counted: Mutex::default() }
    }

    fn count(&self, word: &str) -> tantivy::Result<u64> {
        let stem = stem(word);
        let mut frequency = 0;
        for field in self.fields.searched() {
            frequency = frequency.max(self.searcher.doc_freq(&Term::from_field_text(field, word))?);
            if stem != word {
                frequency = frequency.max(self.searcher.doc_freq(&Term::from_field_text(field, &stem))?);
            }
        }
        Ok(frequency)
    }
}

impl Bm25StatisticsProvider for Rarity<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_tokens(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_docs(self.searcher)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let value = term.value();
        let Some(word) = value.as_str() else { return self.searcher.doc_freq(term) };
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counted.get(word) {
            return Ok(*count);
        }
        let count = self.count(word)?;
        counted.insert(word.to_owned(), count);
        Ok(count)
    }
}
