//! The index's fields, and their schema.

use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions};

/// The name that the schema knows our words by.
pub(super) const WORDS: &str = "words";
/// Columns of the kinds of claims, in the order of [`super::CHECKS`].
pub(super) const UNTIL: [&str; 3] = ["until_domain", "until_key", "until_repository"];

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) id: Field,
    /// The name as a whole, in lower case.
    pub(super) key: Field,
    /// The words of the name.
    pub(super) name: Field,
    /// The words of tags and capabilities.
    pub(super) about: Field,
    /// The words of description, owner and publisher.
    pub(super) text: Field,
    /// Capabilities, as they are written.
    pub(super) capability: Field,
    /// The publisher's identifier.
    pub(super) publisher: Field,
    /// The agent's type.
    pub(super) agent_type: Field,
    pub(super) numbers: Numbers,
}

/// Columns.
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

/// The schema, with its fields.
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
            until: UNTIL.map(|name| schema.add_i64_field(name, column())),
        },
    };
    (schema.build(), fields)
}
