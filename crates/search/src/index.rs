//! What is in the index: an entry for each page as a whole, by which pages are ranked, and one for each of its passages,
//! by which the page's best places are found. They are two indexes, since what a word is worth depends on how long the
//! other entries are.

use std::collections::HashMap;
use std::sync::Arc;

use content::{Page, Section, Site};
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::vocabulary::Vocabulary;
use super::words::Words;
use super::{Extra, SearchError};

/// Memory of the writer, in bytes: tantivy's least for one thread, and enough for all our pages at once.
const WRITER_BYTES: usize = 16 << 20;
/// The name that the schema knows our words by.
const WORDS: &str = "words";

/// The fields of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The page's site path: entries of a changed page are found by it and replaced.
    pub(super) address: Field,
    /// The kind that the page is shown under.
    pub(super) kind: Field,
    /// The heading's id; empty for what stands before the first.
    pub(super) anchor: Field,
    /// The page's title.
    pub(super) title: Field,
    /// The page's description.
    pub(super) description: Field,
    /// The words of the page's address.
    pub(super) path: Field,
    /// The passage's heading; of a page, all of them.
    pub(super) heading: Field,
    /// The text.
    pub(super) text: Field,
    /// The code.
    pub(super) code: Field,
}

impl Fields {
    /// The fields that words are looked for in.
    pub(super) fn searched(&self) -> [Field; 6] {
        [self.title, self.description, self.path, self.heading, self.text, self.code]
    }
}

/// The index and what it was made of.
pub(super) struct Index {
    fields: Fields,
    pages: Entries,
    passages: Entries,
    /// What is in the index: pages by address, as they were when they were put in.
    known: HashMap<String, Known>,
    vocabulary: Arc<Vocabulary>,
}

/// The two indexes as they were for one state of the site.
pub(super) struct Searchers {
    /// Pages as a whole.
    pub(super) pages: Searcher,
    /// Their passages.
    pub(super) passages: Searcher,
}

/// One of the two indexes.
struct Entries {
    writer: IndexWriter,
    reader: IndexReader,
}

impl Entries {
    fn new(schema: Schema) -> Result<Self, SearchError> {
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(WORDS, TextAnalyzer::from(Words));
        // One thread each: every further one keeps memory of its own, and nobody waits for them.
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { writer, reader })
    }

    fn commit(&mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        self.reader.reload()?;
        Ok(())
    }
}

#[derive(Clone)]
enum Known {
    Page(Page),
    Extra(Extra),
}

impl Index {
    pub(super) fn new() -> Result<Self, SearchError> {
        // What is shown of a page is shown of its passages: kept once.
        let (pages, fields) = schema(false);
        let (passages, _) = schema(true);
        let (pages, passages) = (Entries::new(pages)?, Entries::new(passages)?);
        Ok(Self { fields, pages, passages, known: HashMap::new(), vocabulary: Arc::default() })
    }

    pub(super) fn fields(&self) -> Fields {
        self.fields
    }

    /// Every word, for those who mistyped one or have not typed it to its end.
    pub(super) fn vocabulary(&self) -> Arc<Vocabulary> {
        Arc::clone(&self.vocabulary)
    }

    /// Replaces the entries of pages that changed.
    pub(super) fn update(&mut self, site: &Site, extras: &[Extra]) -> Result<Searchers, SearchError> {
        let settings = site.search_settings();
        let mut wanted: HashMap<String, Known> = HashMap::new();
        for page in site.pages().iter().filter(|page| settings.factor(page.address()).is_some()) {
            wanted.insert(page.address().to_owned(), Known::Page(page.clone()));
        }
        for extra in extras.iter().filter(|extra| settings.factor(&extra.address).is_some()) {
            wanted.entry(extra.address.clone()).or_insert_with(|| Known::Extra(extra.clone()));
        }
        let is_same = |address: &String, new: &Known| match (self.known.get(address), new) {
            (Some(Known::Page(old)), Known::Page(new)) => new.is_same(old),
            (Some(Known::Extra(old)), Known::Extra(new)) => new == old,
            _ => false,
        };
        let changed: Vec<&String> =
            wanted.iter().filter(|(address, new)| !is_same(address, new)).map(|(at, _)| at).collect();
        let gone: Vec<&String> = self.known.keys().filter(|address| !wanted.contains_key(*address)).collect();
        for address in changed.iter().chain(&gone) {
            for entries in [&self.pages, &self.passages] {
                entries.writer.delete_term(Term::from_field_text(self.fields.address, address));
            }
        }
        let is_changed = !changed.is_empty() || !gone.is_empty();
        for address in changed {
            match &wanted[address] {
                Known::Page(page) => self.add_page(site, page)?,
                Known::Extra(extra) => self.add_extra(extra)?,
            }
        }
        if is_changed {
            self.pages.commit()?;
            self.passages.commit()?;
            self.known = wanted;
            self.vocabulary = Arc::new(Vocabulary::of(site));
        }
        Ok(Searchers { pages: self.pages.reader.searcher(), passages: self.passages.reader.searcher() })
    }

    fn add_page(&self, site: &Site, page: &Page) -> Result<(), SearchError> {
        let document = page.document();
        let fields = self.fields;
        let kind = kind(page.section());
        let mut whole = self.entry(page.address(), kind);
        whole.add_text(fields.title, page.title());
        whole.add_text(fields.description, document.front.description.as_deref().unwrap_or_default());
        whole.add_text(fields.path, page.address());
        for passage in site.passages(page) {
            let mut entry = self.entry(page.address(), kind);
            for entry in [&mut entry, &mut whole] {
                entry.add_text(fields.text, &passage.text);
                entry.add_text(fields.code, &passage.code);
            }
            if let Some(heading) = passage.heading.map(|index| &document.headings[index]) {
                entry.add_text(fields.anchor, &heading.id);
                entry.add_text(fields.heading, &heading.text);
                whole.add_text(fields.heading, &heading.text);
            }
            self.passages.writer.add_document(entry)?;
        }
        self.pages.writer.add_document(whole)?;
        Ok(())
    }

    fn add_extra(&self, extra: &Extra) -> Result<(), SearchError> {
        let fields = self.fields;
        let mut entry = self.entry(&extra.address, extra.kind);
        entry.add_text(fields.title, &extra.title);
        entry.add_text(fields.path, &extra.address);
        entry.add_text(fields.text, &extra.text);
        self.passages.writer.add_document(entry.clone())?;
        self.pages.writer.add_document(entry)?;
        Ok(())
    }

    fn entry(&self, address: &str, kind: &str) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        entry.add_text(self.fields.address, address);
        entry.add_text(self.fields.kind, kind);
        entry
    }
}

/// The fields, the same of both indexes; whether what is searched is kept as well, to be shown.
fn schema(is_shown: bool) -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let searched = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let shown = |options: TextOptions| if is_shown { options.set_stored() } else { options };
    // Whether two words stand together is asked of text, not of code: `question::TOGETHER`.
    let text = searched(IndexRecordOption::WithFreqsAndPositions);
    let code = searched(IndexRecordOption::WithFreqs);
    let fields = Fields {
        address: schema.add_text_field("address", STRING | STORED),
        kind: schema.add_text_field("kind", STORED),
        anchor: schema.add_text_field("anchor", STORED),
        title: schema.add_text_field("title", text.clone().set_stored()),
        description: schema.add_text_field("description", text.clone()),
        path: schema.add_text_field("path", code.clone()),
        heading: schema.add_text_field("heading", shown(text.clone())),
        text: schema.add_text_field("text", shown(text)),
        code: schema.add_text_field("code", shown(code)),
    };
    (schema.build(), fields)
}

/// What a section's pages are shown under.
fn kind(section: Section) -> &'static str {
    match section {
        Section::Docs => "Docs",
        Section::Quickstarts => "Quickstarts",
        Section::Changelog => "Changelog",
    }
}
