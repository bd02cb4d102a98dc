//! What is counted of what is found, and how it is told: by words, and publishers by what they are called now.

use std::cmp::Reverse;

use domain::agent::{AgentType, Word as _};

use super::labels::{CHECKS, Labels};
use super::query::{Facet, Value};

/// Most values of a facet that are told.
const MOST_VALUES: usize = 50;

/// What was counted so far.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) capabilities: Vec<u32>,
    pub(super) publishers: Vec<u32>,
    pub(super) types: Vec<u32>,
    pub(super) checked: [u32; 3],
}

impl Counts {
    pub(super) fn of(&mut self, facet: Facet) -> &mut [u32] {
        match facet {
            Facet::Capability => &mut self.capabilities,
            Facet::Publisher => &mut self.publishers,
            Facet::AgentType => &mut self.types,
            Facet::Checked => &mut self.checked,
        }
    }

    pub(super) fn those_of(&self, facet: Facet) -> &[u32] {
        match facet {
            Facet::Capability => &self.capabilities,
            Facet::Publisher => &self.publishers,
            Facet::AgentType => &self.types,
            Facet::Checked => &self.checked,
        }
    }

    /// The values of a facet that most have, ties by name.
    pub(super) fn values(&self, facet: Facet, labels: &Labels) -> Vec<Value> {
        let counts = self.those_of(facet);
        match facet {
            Facet::Capability => most(counts, labels.capabilities.texts.iter().map(|text| (text.as_str(), None))),
            Facet::Publisher => {
                let called = labels.called.iter();
                most(counts, called.map(|called| (called.slug.as_str(), Some(called.name.as_str()))))
            }
            Facet::AgentType => most(counts, AgentType::WORDS.iter().map(|(_, word)| (*word, None))),
            Facet::Checked => most(counts, CHECKS.iter().map(|word| (*word, None))),
        }
    }
}

/// By number: how many have a value, and the value with its label.
fn most<'a>(counts: &[u32], texts: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Vec<Value> {
    let counted = counts.iter().zip(texts).filter(|(count, _)| **count > 0);
    let mut all: Vec<(Reverse<u32>, &str, Option<&str>)> =
        counted.map(|(count, (text, label))| (Reverse(*count), text, label)).collect();
    if all.len() > MOST_VALUES {
        all.select_nth_unstable(MOST_VALUES);
        all.truncate(MOST_VALUES);
    }
    all.sort_unstable();
    let value = |(count, text, label): (Reverse<u32>, &str, Option<&str>)| Value {
        value: text.to_owned(),
        label: label.map(str::to_owned),
        count: u64::from(count.0),
    };
    all.into_iter().map(value).collect()
}
