//! Labels: what the numbers of the columns stand for.

use std::collections::HashMap;

/// Kinds of claims.
pub(crate) const CHECKS: [&str; 3] = ["domain", "key", "repository"];

/// Words that columns hold as numbers. They are only ever added to.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    numbers: HashMap<String, u64>,
    /// By number.
    pub(super) texts: Vec<String>,
}

impl Numbered {
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

/// What the numbers of columns stand for.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) capabilities: Numbered,
    pub(super) publishers: Numbered,
    /// By the publisher's number.
    pub(super) called: Vec<Called>,
}

/// What a publisher is called, as the agent of it said that came in last.
#[derive(Debug, Default)]
pub(super) struct Called {
    pub(super) slug: String,
    pub(super) name: String,
}
