//! The two tantivy indexes: whole pages, for the ranking, and passages, for the best places of each page. A single
//! index is not enough: the weight of a word depends on the length of the other documents.

use std::collections::HashMap;
use std::sync::Arc;

use content::{Page, Section, Site};
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::error::SearchError;
use crate::term_dictionary::TermDictionary;
use crate::tokenizer::SiteTokenizer;

/// Memory of a writer, in bytes: tantivy's minimum for one thread, and enough for all pages at once.
const WRITER_BYTES: usize = 16 << 20;
/// Name of the tokenizer in the schema.
const TOKENIZER: &str = "words";

/// A page that is not written in Markdown and appears in search results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraPage {
    /// The kind, shown as the group's title.
    pub kind: &'static str,
    /// The site path.
    pub address: String,
    /// The title.
    pub title: String,
    /// The searchable text.
    pub text: String,
}

/// The fields of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The page's site path, by which the documents of a changed page are replaced.
    pub(crate) address: Field,
    /// The kind, shown as the group's title.
    pub(crate) kind: Field,
    /// The heading's ID; empty before the first heading.
    pub(crate) anchor: Field,
    /// The page's title.
    pub(crate) title: Field,
    /// The page's description.
    pub(crate) description: Field,
    /// The words of the page's address.
    pub(crate) path: Field,
    /// The passage's heading; for a page, all headings.
    pub(crate) heading: Field,
    /// The text.
    pub(crate) text: Field,
    /// The code.
    pub(crate) code: Field,
}

impl Fields {
    /// The searchable fields.
    pub(crate) fn searched(&self) -> [Field; 6] {
        [self.title, self.description, self.path, self.heading, self.text, self.code]
    }
}

/// Both indexes and their source pages.
pub(crate) struct Index {
    fields: Fields,
    pages: DocumentIndex,
    passages: DocumentIndex,
    /// The indexed pages by address, as of their indexing.
    indexed: HashMap<String, IndexedPage>,
    dictionary: Arc<TermDictionary>,
    /// True from an update's first addition to its end: after an error or a panic, any page may have documents.
    is_unfinished: bool,
}

/// Searchers of both indexes for one state of the site.
pub(crate) struct Searchers {
    /// Whole pages.
    pub(crate) pages: Searcher,
    /// Passages.
    pub(crate) passages: Searcher,
}

/// One of the two indexes.
struct DocumentIndex {
    index: tantivy::Index,
    reader: IndexReader,
}

impl DocumentIndex {
    fn new(schema: Schema) -> Result<Self, SearchError> {
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(TOKENIZER, TextAnalyzer::from(SiteTokenizer));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader })
    }

    /// A writer for one update: between updates, its threads and queues would only take memory.
    fn writer(&self) -> Result<IndexWriter, SearchError> {
        // One thread each: further threads would allocate more memory, and no request waits for indexing.
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        Ok(self.index.writer_with_options(options)?)
    }

    /// Commits, and waits until segments are merged: a searcher from before holds both the old and the merged ones.
    fn commit(&self, mut writer: IndexWriter) -> Result<(), SearchError> {
        writer.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(())
    }
}

/// The writers of an update.
struct Writers {
    pages: IndexWriter,
    passages: IndexWriter,
}

#[derive(Clone)]
enum IndexedPage {
    Page(Page),
    Extra(ExtraPage),
}

impl Index {
    pub(crate) fn new() -> Result<Self, SearchError> {
        // Results show the text of passages: only their index stores it.
        let (pages, fields) = schema(false);
        let (passages, _) = schema(true);
        let (pages, passages) = (DocumentIndex::new(pages)?, DocumentIndex::new(passages)?);
        Ok(Self { fields, pages, passages, indexed: HashMap::new(), dictionary: Arc::default(), is_unfinished: false })
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    /// All words of the site, for typos and prefixes.
    pub(crate) fn dictionary(&self) -> Arc<TermDictionary> {
        Arc::clone(&self.dictionary)
    }

    /// Replaces the documents of changed pages.
    pub(crate) fn update(&mut self, site: &Site, extras: &[ExtraPage]) -> Result<Searchers, SearchError> {
        let settings = site.search_settings();
        let mut current: HashMap<String, IndexedPage> = HashMap::new();
        for page in site.pages().iter().filter(|page| settings.factor(page.address()).is_some()) {
            current.insert(page.address().to_owned(), IndexedPage::Page(page.clone()));
        }
        for extra in extras.iter().filter(|extra| settings.factor(&extra.address).is_some()) {
            current.entry(extra.address.clone()).or_insert_with(|| IndexedPage::Extra(extra.clone()));
        }
        let is_same = |address: &String, new: &IndexedPage| match (self.indexed.get(address), new) {
            (Some(IndexedPage::Page(old)), IndexedPage::Page(new)) => new.is_same(old),
            (Some(IndexedPage::Extra(old)), IndexedPage::Extra(new)) => new == old,
            _ => false,
        };
        let changed: Vec<&String> =
            current.iter().filter(|(address, new)| !is_same(address, new)).map(|(at, _)| at).collect();
        let removed: Vec<&String> = self.indexed.keys().filter(|address| !current.contains_key(*address)).collect();
        if !changed.is_empty() || !removed.is_empty() {
            let writers = Writers { pages: self.pages.writer()?, passages: self.passages.writer()? };
            // tantivy keeps a kilobyte for each deletion: only addresses that have documents.
            let may_exist = |address: &&&String| self.is_unfinished || self.indexed.contains_key(**address);
            for address in changed.iter().filter(may_exist).chain(&removed) {
                for writer in [&writers.pages, &writers.passages] {
                    writer.delete_term(Term::from_field_text(self.fields.address, address));
                }
            }
            self.is_unfinished = true;
            for address in changed {
                match &current[address] {
                    IndexedPage::Page(page) => self.add_page(&writers, site, page)?,
                    IndexedPage::Extra(extra) => self.add_extra(&writers, extra)?,
                }
            }
            self.pages.commit(writers.pages)?;
            self.passages.commit(writers.passages)?;
            self.is_unfinished = false;
            self.indexed = current;
            self.dictionary = Arc::new(TermDictionary::collect(site));
        }
        Ok(Searchers { pages: self.pages.reader.searcher(), passages: self.passages.reader.searcher() })
    }

    fn add_page(&self, writers: &Writers, site: &Site, page: &Page) -> Result<(), SearchError> {
        let document = page.document();
        let fields = self.fields;
        let kind = kind(page.section());
        let mut whole = self.document(page.address(), kind);
        whole.add_text(fields.title, page.title());
        whole.add_text(fields.description, document.front.description.as_deref().unwrap_or_default());
        whole.add_text(fields.path, page.address());
        for passage in site.passages(page) {
            let mut entry = self.document(page.address(), kind);
            for entry in [&mut entry, &mut whole] {
                entry.add_text(fields.text, &passage.text);
                entry.add_text(fields.code, &passage.code);
            }
            if let Some(heading) = passage.heading.map(|index| &document.headings[index]) {
                entry.add_text(fields.anchor, &heading.id);
                entry.add_text(fields.heading, &heading.text);
                whole.add_text(fields.heading, &heading.text);
            }
            writers.passages.add_document(entry)?;
        }
        writers.pages.add_document(whole)?;
        Ok(())
    }

    fn add_extra(&self, writers: &Writers, extra: &ExtraPage) -> Result<(), SearchError> {
        let fields = self.fields;
        let mut entry = self.document(&extra.address, extra.kind);
        entry.add_text(fields.title, &extra.title);
        entry.add_text(fields.path, &extra.address);
        entry.add_text(fields.text, &extra.text);
        writers.passages.add_document(entry.clone())?;
        writers.pages.add_document(entry)?;
        Ok(())
    }

    fn document(&self, address: &str, kind: &str) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        entry.add_text(self.fields.address, address);
        entry.add_text(self.fields.kind, kind);
        entry
    }
}

/// The schema and its fields, equal for both indexes. `is_stored` stores the searchable text for excerpts.
fn schema(is_stored: bool) -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let searched = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let shown = |options: TextOptions| if is_stored { options.set_stored() } else { options };
    // Phrases match in text, not in code: `index_query::PHRASE_WEIGHTS`.
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

/// The kind of a section's pages.
fn kind(section: Section) -> &'static str {
    match section {
        Section::Docs => "Docs",
        Section::Quickstarts => "Quickstarts",
        Section::Changelog => "Changelog",
    }
}
