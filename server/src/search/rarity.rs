//! How rare a word is on the site, wherever it stands.
//!
//! tantivy weighs a word by how rare it is in the field that it was found in. Titles are few words: there, each is rare,
//! and `page` in a title would outweigh `boost` in a text. Here a word is as rare as it is in its commonest field, in
//! its commonest form, and fields differ by their weights alone (as in BM25F).

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::index::Fields;
use super::words::stem;

/// One of the two indexes, counted over all of its fields.
pub(super) struct Rarity<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
}

impl Bm25StatisticsProvider for Rarity<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_tokens(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_docs(self.searcher)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let Some(word) = term.value().as_str().map(str::to_owned) else { return self.searcher.doc_freq(term) };
        let stem = stem(&word);
        let mut most = 0;
        for field in self.fields.searched() {
            for text in [&word, &stem] {
                most = most.max(self.searcher.doc_freq(&Term::from_field_text(field, text))?);
            }
        }
        Ok(most)
    }
}
