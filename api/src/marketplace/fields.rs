//! Fields and schema of the index.

use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions};

/// Name of the tokenizer in the schema.
pub(super) const WORDS: &str = "words";
/// Columns with the expiry of each kind of claim, in the order of [`super::CHECKS`].
pub(super) const EXPIRY_COLUMNS: [&str; 3] = ["until_domain", "until_key", "until_repository"];

/// Fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) id: Field,
    /// Name as a whole, normalized.
    pub(super) key: Field,
    /// Words of the name.
    pub(super) name: Field,
    /// Words of tags and capabilities.
    pub(super) about: Field,
    /// Words of description, owner and publisher.
    pub(super) text: Field,
    /// Capabilities, exact.
    pub(super) capability: Field,
    /// ID of the publisher.
    pub(super) publisher: Field,
    /// Type of the agent.
    pub(super) agent_type: Field,
    pub(super) numbers: Numbers,
}

/// Numeric columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) id_high: Field,
    pub(super) id_low: Field,
    pub(super) published: Field,
    pub(super) updated: Field,
    pub(super) length: Field,
    pub(super) capabilities: Field,
    pub(super) publisher: Field,
    pub(super) agent_type: Field,
    pub(super) until: [Field; 3],
}

/// Builds the schema with its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let column = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        key: schema.add_text_field("key", STRING | FAST),
        name: schema.add_text_field("name", words.clone()),
        about: schema.add_text_field("about", words.clone()),
        text: schema.add_text_field("text", words),
        capability: schema.add_text_field("capability", STRING),
        publisher: schema.add_text_field("publisher", STRING),
        agent_type: schema.add_text_field("agent_type", STRING),
        numbers: Numbers {
            id_high: schema.add_u64_field("id_high", column()),
            id_low: schema.add_u64_field("id_low", column()),
            published: schema.add_i64_field("published", column()),
            updated: schema.add_i64_field("updated", column()),
            length: schema.add_u64_field("length", column()),
            capabilities: schema.add_u64_field("capabilities", column()),
            publisher: schema.add_u64_field("publisher_number", column()),
            agent_type: schema.add_u64_field("type_number", column()),
            until: EXPIRY_COLUMNS.map(|name| schema.add_i64_field(name, column())),
        },
    };
    (schema.build(), fields)
}
