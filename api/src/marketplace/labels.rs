//! Labels of numeric columns.

use std::collections::HashMap;

/// Kinds of claims.
pub(crate) const CHECKS: [&str; 3] = ["domain", "key", "repository"];

/// Append-only mapping of texts to the numbers in columns.
#[derive(Debug, Default)]
pub(super) struct NumberedTexts {
    numbers: HashMap<String, u64>,
    /// Texts, indexed by number.
    pub(super) texts: Vec<String>,
}

impl NumberedTexts {
    pub(super) fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u64;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

/// Labels of numeric columns.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) capabilities: NumberedTexts,
    pub(super) publishers: NumberedTexts,
    /// Names, indexed by the publisher's number.
    pub(super) publisher_names: Vec<PublisherNames>,
}

impl Labels {
    /// Number of texts.
    pub(super) fn len(&self) -> usize {
        self.capabilities.texts.len() + self.publishers.texts.len()
    }
}

/// Names of a publisher, as of its last indexed agent.
#[derive(Debug, Default)]
pub(super) struct PublisherNames {
    pub(super) slug: String,
    pub(super) name: String,
}
