//! Index of agents: words to search, and columns to filter, count and sort by. Results contain IDs only; cards are read
//! from the database.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use arc_swap::ArcSwap;
use domain::agent::{AgentType, TextForm as _};
use tantivy::index::SegmentId;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, SegmentReader, TantivyDocument, Term};
use uuid::Uuid;

use super::bits::Bits;
use super::columns::Columns;
use super::error::IndexError;
use super::fields::{self, Fields, WORDS};
use super::labels::{Labels, PublisherNames};
use super::words::{self, Words};

/// Memory of the writer, in bytes.
const WRITER_BYTES: usize = 64 << 20;

/// Index entry of a published agent.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "as on the card")]
pub struct IndexEntry {
    pub id: Uuid,
    pub name: String,
    pub description: String,
    pub tags: Vec<String>,
    pub capabilities: Vec<String>,
    pub owner: String,
    pub agent_type: String,
    pub publisher_id: String,
    pub publisher_slug: String,
    pub publisher_name: String,
    pub published_at: i64,
    pub updated_at: i64,
    /// Expiry of the current claim of each kind, in milliseconds since 1970, in the order of [`CHECKS`]; 0 without one.
    pub checked_until: [i64; 3],
}

/// Index.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) labels: RwLock<Labels>,
    writer: Mutex<IndexWriter>,
    reader: IndexReader,
    view: ArcSwap<View>,
}

/// Snapshot of a commit.
pub(super) struct View {
    pub(super) searcher: Searcher,
    /// Data of each segment.
    pub(super) parts: Vec<Part>,
}

/// Data loaded once per segment.
pub(super) struct Part {
    id: SegmentId,
    pub(super) columns: Arc<Columns>,
    /// Documents that are not deleted.
    pub(super) alive: Bits,
}

impl View {
    /// Creates a snapshot. Reuses the data of unchanged segments.
    fn new(searcher: Searcher, before: &[Part]) -> Result<Self, IndexError> {
        let part = |segment: &SegmentReader| {
            let id = segment.segment_id();
            let columns = match before.iter().find(|part| part.id == id) {
                Some(part) => Arc::clone(&part.columns),
                None => Arc::new(Columns::load(segment)?),
            };
            let dead = segment.alive_bitset();
            let is_alive = |doc: usize| dead.is_none_or(|dead| u32::try_from(doc).is_ok_and(|doc| dead.is_alive(doc)));
            let alive = Bits::from_fn(segment.max_doc() as usize, is_alive);
            Ok::<_, IndexError>(Part { id, columns, alive })
        };
        let parts = searcher.segment_readers().iter().map(part).collect::<Result<_, _>>()?;
        Ok(Self { searcher, parts })
    }
}

/// Number of labels below which an index is not built anew.
const MIN_STALE_LABELS: usize = 10_000;
/// Labels per agent beyond which most of them are former ones: an agent has at most 50 capabilities, and most share them.
const MAX_LABELS_PER_AGENT: usize = 60;

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Index").field("agents", &self.view().searcher.num_docs()).finish_non_exhaustive()
    }
}

impl Index {
    /// Creates an empty index in memory.
    pub fn new() -> Result<Self, IndexError> {
        let (schema, fields) = fields::schema();
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(WORDS, TextAnalyzer::from(Words));
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let view = ArcSwap::from_pointee(View::new(reader.searcher(), &[])?);
        Ok(Self { fields, labels: RwLock::default(), writer: Mutex::new(writer), reader, view })
    }

    /// Replaces agents, and removes those without a listing. Visible after [`Index::commit`]. Blocks.
    pub fn replace(&self, changes: impl IntoIterator<Item = (Uuid, Option<IndexEntry>)>) -> Result<(), IndexError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut labels = self.labels.write().unwrap_or_else(PoisonError::into_inner);
        for (id, listing) in changes {
            writer.delete_term(Term::from_field_text(self.fields.id, &id.simple().to_string()));
            if let Some(listing) = listing {
                writer.add_document(self.entry(&listing, &mut labels))?;
            }
        }
        Ok(())
    }

    /// Adds new agents. Visible after [`Index::commit`]. Blocks.
    pub fn add(&self, listings: impl IntoIterator<Item = IndexEntry>) -> Result<(), IndexError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut labels = self.labels.write().unwrap_or_else(PoisonError::into_inner);
        for listing in listings {
            writer.add_document(self.entry(&listing, &mut labels))?;
        }
        Ok(())
    }

    /// Returns true if most texts of the labels belong to no agent any more.
    pub(super) fn has_stale_labels(&self) -> bool {
        let labels = self.labels.read().unwrap_or_else(PoisonError::into_inner);
        let agents = usize::try_from(self.view().searcher.num_docs()).unwrap_or(usize::MAX);
        labels.len() > MIN_STALE_LABELS.max(agents.saturating_mul(MAX_LABELS_PER_AGENT))
    }

    /// Makes all changes visible. Blocks.
    pub fn commit(&self) -> Result<(), IndexError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.commit()?;
        self.publish_snapshot()
    }

    /// Merges all segments into one: each segment costs a search a dictionary lookup. Blocks.
    pub fn merge_segments(&self) -> Result<(), IndexError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let ids: Vec<SegmentId> = self.view().parts.iter().map(|part| part.id).collect();
        if ids.len() > 1 {
            writer.merge(&ids).wait()?;
            self.publish_snapshot()?;
        }
        Ok(())
    }

    /// Publishes a new snapshot. Requires the writer's lock, so that no snapshot replaces a newer one.
    fn publish_snapshot(&self) -> Result<(), IndexError> {
        self.reader.reload()?;
        let view = View::new(self.reader.searcher(), &self.view().parts)?;
        self.view.store(Arc::new(view));
        Ok(())
    }

    /// Returns the generation of the current snapshot.
    pub(super) fn generation(&self) -> u64 {
        self.view().searcher.generation().generation_id()
    }

    pub(super) fn view(&self) -> Arc<View> {
        self.view.load_full()
    }

    fn entry(&self, listing: &IndexEntry, labels: &mut Labels) -> TantivyDocument {
        let (fields, numbers) = (&self.fields, &self.fields.numbers);
        let mut entry = TantivyDocument::default();
        entry.add_text(fields.id, listing.id.simple().to_string());
        entry.add_text(fields.key, words::key(&listing.name));
        entry.add_text(fields.name, &listing.name);
        entry.add_text(fields.about, format!("{} {}", listing.tags.join(" "), listing.capabilities.join(" ")));
        entry.add_text(fields.text, format!("{} {} {}", listing.description, listing.owner, listing.publisher_name));
        entry.add_text(fields.publisher, &listing.publisher_id);
        entry.add_text(fields.agent_type, &listing.agent_type);
        for capability in &listing.capabilities {
            entry.add_text(fields.capability, capability);
            entry.add_u64(numbers.capabilities, labels.capabilities.number(capability));
        }
        let publisher = labels.publishers.number(&listing.publisher_id);
        let place = usize::try_from(publisher).unwrap_or(usize::MAX);
        if place >= labels.publisher_names.len() {
            labels.publisher_names.push(PublisherNames::default());
        }
        if let Some(called) = labels.publisher_names.get_mut(place) {
            called.slug.clone_from(&listing.publisher_slug);
            called.name.clone_from(&listing.publisher_name);
        }
        let (high, low) = listing.id.as_u64_pair();
        let agent_type = AgentType::TEXTS.iter().position(|(_, word)| *word == listing.agent_type);
        entry.add_u64(numbers.id_high, high);
        entry.add_u64(numbers.id_low, low);
        entry.add_i64(numbers.published, listing.published_at);
        entry.add_i64(numbers.updated, listing.updated_at);
        entry.add_u64(numbers.length, listing.name.chars().count() as u64);
        entry.add_u64(numbers.publisher, publisher);
        entry.add_u64(numbers.agent_type, agent_type.unwrap_or(AgentType::TEXTS.len()) as u64);
        for (field, until) in numbers.until.into_iter().zip(listing.checked_until) {
            entry.add_i64(field, until);
        }
        entry
    }
}
