//! What is kept of an agent: its words to be found by, and columns to narrow, count and sort by. Nothing is shown from
//! here; cards are read from the database.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use arc_swap::ArcSwap;
use domain::agent::{AgentType, Word as _};
use tantivy::index::SegmentId;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, SegmentReader, TantivyDocument, Term};
use uuid::Uuid;

use super::bits::Bits;
use super::columns::Columns;
use super::error::IndexError;
use super::fields::{self, Fields, WORDS};
use super::labels::{Called, Labels};
use super::words::{self, Words};

/// Memory of the writer, in bytes.
const WRITER_BYTES: usize = 64 << 20;

/// A published agent, as it is found.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "as on the card")]
pub struct Listing {
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
    /// Until when a claim of each kind holds, in milliseconds; 0 without one. In the order of [`CHECKS`].
    pub checked_until: [i64; 3],
}

/// The index.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) labels: RwLock<Labels>,
    writer: Mutex<IndexWriter>,
    reader: IndexReader,
    view: ArcSwap<View>,
}

/// The index as it was committed.
pub(super) struct View {
    pub(super) searcher: Searcher,
    /// Of each segment.
    pub(super) parts: Vec<Part>,
}

/// What is read of a segment once.
pub(super) struct Part {
    id: SegmentId,
    pub(super) columns: Arc<Columns>,
    /// Documents that were not taken out.
    pub(super) alive: Bits,
}

impl View {
    /// Segments that were there before are not read again.
    fn new(searcher: Searcher, before: &[Part]) -> Result<Self, IndexError> {
        let part = |segment: &SegmentReader| {
            let id = segment.segment_id();
            let columns = match before.iter().find(|part| part.id == id) {
                Some(part) => Arc::clone(&part.columns),
                None => Arc::new(Columns::read(segment)?),
            };
            let dead = segment.alive_bitset();
            let is_alive = |doc: usize| dead.is_none_or(|dead| u32::try_from(doc).is_ok_and(|doc| dead.is_alive(doc)));
            let alive = Bits::of(segment.max_doc() as usize, is_alive);
            Ok::<_, IndexError>(Part { id, columns, alive })
        };
        let parts = searcher.segment_readers().iter().map(part).collect::<Result<_, _>>()?;
        Ok(Self { searcher, parts })
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Index").field("agents", &self.view().searcher.num_docs()).finish_non_exhaustive()
    }
}

impl Index {
    /// An empty one, in memory.
    pub fn new() -> Result<Self, IndexError> {
        let (schema, fields) = fields::schema();
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(WORDS, TextAnalyzer::from(Words));
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let view = ArcSwap::from_pointee(View::new(reader.searcher(), &[])?);
        Ok(Self { fields, labels: RwLock::default(), writer: Mutex::new(writer), reader, view })
    }

    /// Puts agents in the place of what they were, or takes out those that come without a listing. It is seen after
    /// [`Index::commit`]. Blocks.
    pub fn replace(&self, changes: impl IntoIterator<Item = (Uuid, Option<Listing>)>) -> Result<(), IndexError> {
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

    /// Puts agents in that were never in. It is seen after [`Index::commit`]. Blocks.
    pub fn add(&self, listings: impl IntoIterator<Item = Listing>) -> Result<(), IndexError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut labels = self.labels.write().unwrap_or_else(PoisonError::into_inner);
        for listing in listings {
            writer.add_document(self.entry(&listing, &mut labels))?;
        }
        Ok(())
    }

    /// Takes all agents out, as they have to be for [`Index::add`]. Blocks.
    pub fn clear(&self) -> Result<(), IndexError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.delete_all_documents()?;
        Ok(())
    }

    /// Makes all that was put in seen. Blocks.
    pub fn commit(&self) -> Result<(), IndexError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.commit()?;
        self.see()
    }

    /// Makes one segment of all that was committed: each costs a search a look into its dictionary. Blocks.
    pub fn tidy(&self) -> Result<(), IndexError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let ids: Vec<SegmentId> = self.view().parts.iter().map(|part| part.id).collect();
        if ids.len() > 1 {
            writer.merge(&ids).wait()?;
            self.see()?;
        }
        Ok(())
    }

    /// Called by those who hold the writer, so that no view comes after a newer one.
    fn see(&self) -> Result<(), IndexError> {
        self.reader.reload()?;
        let view = View::new(self.reader.searcher(), &self.view().parts)?;
        self.view.store(Arc::new(view));
        Ok(())
    }

    /// Which state of the index is seen.
    pub(super) fn generation(&self) -> u64 {
        self.view().searcher.generation().generation_id()
    }

    pub(super) fn view(&self) -> Arc<View> {
        self.view.load_full()
    }

    fn entry(&self, listing: &Listing, labels: &mut Labels) -> TantivyDocument {
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
        if place >= labels.called.len() {
            labels.called.push(Called::default());
        }
        if let Some(called) = labels.called.get_mut(place) {
            called.slug.clone_from(&listing.publisher_slug);
            called.name.clone_from(&listing.publisher_name);
        }
        let (high, low) = listing.id.as_u64_pair();
        let agent_type = AgentType::WORDS.iter().position(|(_, word)| *word == listing.agent_type);
        entry.add_u64(numbers.id_high, high);
        entry.add_u64(numbers.id_low, low);
        entry.add_i64(numbers.published, listing.published_at);
        entry.add_i64(numbers.updated, listing.updated_at);
        entry.add_u64(numbers.length, listing.name.chars().count() as u64);
        entry.add_u64(numbers.publisher, publisher);
        entry.add_u64(numbers.agent_type, agent_type.unwrap_or(AgentType::WORDS.len()) as u64);
        for (field, until) in numbers.until.into_iter().zip(listing.checked_until) {
            entry.add_i64(field, until);
        }
        entry
    }
}
