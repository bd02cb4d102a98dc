//! TOML files of the content folder: navigation, redirects, search settings, vocabulary. Mistakes are reported with their line.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::problem::{Problem, ProblemKind};

/// A file that was read.
pub(crate) struct TomlFile<'a> {
    name: &'static str,
    text: String,
    kind: fn(String) -> ProblemKind,
    problems: &'a mut Vec<Problem>,
}

impl<'a> TomlFile<'a> {
    /// Reads a file; none if it doesn't exist, or can't be read, which is reported. `kind` is the kind of its problems.
    pub(crate) fn read(
        root: &Path,
        name: &'static str,
        kind: fn(String) -> ProblemKind,
        problems: &'a mut Vec<Problem>,
    ) -> Option<Self> {
        match std::fs::read_to_string(root.join(name)) {
            Ok(text) => Some(Self { name, text, kind, problems }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                problems.push(Problem::new(name, 0, ProblemKind::Unreadable(error.to_string())));
                None
            }
        }
    }

    /// Parses the file; the default if it is invalid, which is reported.
    pub(crate) fn parse<T: DeserializeOwned + Default>(&mut self) -> T {
        toml::from_str(&self.text).unwrap_or_else(|error| {
            self.report(error.span().map_or(0, |span| span.start), error.message().to_owned());
            T::default()
        })
    }

    /// The line of an offset of the text, in bytes.
    pub(crate) fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// Reports a mistake at an offset.
    pub(crate) fn report(&mut self, offset: usize, reason: String) {
        let line = self.line(offset);
        self.problems.push(Problem::new(self.name, line, (self.kind)(reason)));
    }

    /// The offset of the first occurrence of a text, in bytes; 0 without one.
    pub(crate) fn offset_of(&self, text: &str) -> usize {
        self.text.find(text).unwrap_or(0)
    }
}
