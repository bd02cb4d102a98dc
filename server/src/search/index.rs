//! What is in the index: an entry for each passage of each page.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use content::{Page, Section, Site};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::words::{Words, words};
use super::{Extra, SearchError};

/// Memory of the writer, in bytes: tantivy's least for one thread, and enough for all our pages at once.
const WRITER_BYTES: usize = 24 << 20;
/// The name that the schema knows our words by.
const WORDS: &str = "words";

/// The fields of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The page's site path: entries of a changed page are found by it and replaced.
    pub(super) address: Field,
    /// A number for the page, the same in all its entries, by which pages are counted.
    pub(super) page: Field,
    /// The kind that the page is shown under.
    pub(super) kind: Field,
    /// The heading's id; empty for what stands before the first.
    pub(super) anchor: Field,
    /// The page's title, in the entry of its beginning alone.
    pub(super) title: Field,
    /// The page's description, there too.
    pub(super) description: Field,
    /// The page's title, in all other entries: it says what a passage is about, and is not its name.
    pub(super) context: Field,
    /// The passage's heading.
    pub(super) heading: Field,
    /// Its text.
    pub(super) text: Field,
    /// Its code.
    pub(super) code: Field,
    /// The words of the page's address.
    pub(super) path: Field,
}

/// The index and what it was made of.
pub(super) struct Index {
    fields: Fields,
    writer: IndexWriter,
    reader: IndexReader,
    /// What is in the index: pages by address, as they were when they were put in.
    known: HashMap<String, Known>,
    vocabulary: Arc<Vec<String>>,
}

#[derive(Clone)]
enum Known {
    Page(Page),
    Extra(Extra),
}

impl Index {
    pub(super) fn new() -> Result<Self, SearchError> {
        let mut schema = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqs);
        let searched = TextOptions::default().set_indexing_options(indexing);
        let shown = searched.clone().set_stored();
        let fields = Fields {
            address: schema.add_text_field("address", STRING | STORED),
            page: schema.add_u64_field("page", FAST),
            kind: schema.add_text_field("kind", STORED),
            anchor: schema.add_text_field("anchor", STORED),
            title: schema.add_text_field("title", shown.clone()),
            description: schema.add_text_field("description", shown.clone()),
            context: schema.add_text_field("context", searched.clone()),
            heading: schema.add_text_field("heading", shown.clone()),
            text: schema.add_text_field("text", shown.clone()),
            code: schema.add_text_field("code", shown),
            path: schema.add_text_field("path", searched),
        };
        let index = tantivy::Index::create_in_ram(schema.build());
        index.tokenizers().register(WORDS, TextAnalyzer::from(Words));
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, writer, reader, known: HashMap::new(), vocabulary: Arc::default() })
    }

    pub(super) fn fields(&self) -> Fields {
        self.fields
    }

    /// Words of titles and headings, for those who mistyped one.
    pub(super) fn vocabulary(&self) -> Arc<Vec<String>> {
        Arc::clone(&self.vocabulary)
    }

    /// Replaces the entries of pages that changed.
    pub(super) fn update(&mut self, site: &Site, extras: &[Extra]) -> Result<Searcher, SearchError> {
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
        let changed: Vec<&String> = wanted.iter().filter(|(address, new)| !is_same(address, new)).map(|(at, _)| at).collect();
        let gone: Vec<&String> = self.known.keys().filter(|address| !wanted.contains_key(*address)).collect();
        for address in changed.iter().chain(&gone) {
            self.writer.delete_term(Term::from_field_text(self.fields.address, address));
        }
        let is_changed = !changed.is_empty() || !gone.is_empty();
        for address in changed {
            match &wanted[address] {
                Known::Page(page) => self.add_page(site, page)?,
                Known::Extra(extra) => self.add_extra(extra)?,
            }
        }
        if is_changed {
            self.writer.commit()?;
            self.reader.reload()?;
            self.known = wanted;
            self.vocabulary = Arc::new(vocabulary(site));
        }
        Ok(self.reader.searcher())
    }

    fn add_page(&self, site: &Site, page: &Page) -> Result<(), SearchError> {
        let document = page.document();
        let fields = self.fields;
        for passage in site.passages(page) {
            let mut entry = self.entry(page.address(), kind(page.section()));
            match passage.heading.map(|index| &document.headings[index]) {
                Some(heading) => {
                    entry.add_text(fields.anchor, &heading.id);
                    entry.add_text(fields.heading, &heading.text);
                    entry.add_text(fields.context, page.title());
                }
                None => {
                    entry.add_text(fields.title, page.title());
                    entry.add_text(fields.description, document.front.description.as_deref().unwrap_or_default());
                    entry.add_text(fields.path, page.address());
                }
            }
            entry.add_text(fields.text, &passage.text);
            entry.add_text(fields.code, &passage.code);
            self.writer.add_document(entry)?;
        }
        Ok(())
    }

    fn add_extra(&self, extra: &Extra) -> Result<(), SearchError> {
        let fields = self.fields;
        let mut entry = self.entry(&extra.address, extra.kind);
        entry.add_text(fields.title, &extra.title);
        entry.add_text(fields.path, &extra.address);
        entry.add_text(fields.text, &extra.text);
        self.writer.add_document(entry)?;
        Ok(())
    }

    fn entry(&self, address: &str, kind: &str) -> TantivyDocument {
        let mut hasher = DefaultHasher::new();
        address.hash(&mut hasher);
        let mut entry = TantivyDocument::default();
        entry.add_text(self.fields.address, address);
        entry.add_u64(self.fields.page, hasher.finish());
        entry.add_text(self.fields.kind, kind);
        entry
    }
}

/// What a section's pages are shown under.
fn kind(section: Section) -> &'static str {
    match section {
        Section::Docs => "Docs",
        Section::Quickstarts => "Quickstarts",
        Section::Changelog => "Changelog",
    }
}

fn vocabulary(site: &Site) -> Vec<String> {
    let titles = site.pages().iter().map(Page::title);
    let headings = site.pages().iter().flat_map(|page| page.document().headings.iter().map(|heading| heading.text.as_str()));
    let all: BTreeSet<String> =
        titles.chain(headings).flat_map(words).map(|word| word.text).filter(|word| word.chars().count() > 2).collect();
    all.into_iter().collect()
}
