//! The vocabulary: words that are not written here, and the words to write instead.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::problem::{Problem, ProblemKind};
use crate::toml_file::TomlFile;

/// The file. A folder without one has no vocabulary, and its pages are not checked.
pub(crate) const FILE: &str = "vocabulary.toml";

/// The content folder's `vocabulary.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    terms: Vec<Term>,
    /// Phrases by their first word, each with the index of its term.
    phrases: HashMap<String, Vec<(Vec<String>, usize)>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    instead: String,
    reason: String,
    except: Vec<String>,
}

/// An occurrence of an avoided phrase in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence<'a> {
    /// The offset of the first character, in bytes.
    pub offset: usize,
    /// The phrase as written in the text.
    pub phrase: &'a str,
    /// Words to write instead.
    pub instead: &'a str,
    /// The reason; may be empty.
    pub reason: &'a str,
}

impl Occurrence<'_> {
    /// The problem to report.
    pub(crate) fn problem(&self) -> ProblemKind {
        ProblemKind::Word {
            phrase: self.phrase.split_whitespace().collect::<Vec<_>>().join(" "),
            instead: self.instead.to_owned(),
            reason: if self.reason.is_empty() { String::new() } else { format!(". {}", self.reason) },
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    #[serde(default)]
    term: Vec<TermEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    avoid: Vec<Spanned<String>>,
    write: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    except: Vec<Spanned<String>>,
}

impl Vocabulary {
    /// Reads the file of a content folder. Entries with a mistake are reported and skipped.
    pub fn read(root: &Path, problems: &mut Vec<Problem>) -> Self {
        let Some(mut toml) = TomlFile::read(root, FILE, ProblemKind::Vocabulary, problems) else {
            return Self::default();
        };
        let file: VocabularyFile = toml.parse();
        let mut vocabulary = Self::default();
        for term in file.term {
            for path in &term.except {
                if !root.join(path.get_ref()).is_file() {
                    toml.report(path.span().start, format!("`except`: there is no file {}", path.get_ref()));
                }
            }
            let except = term.except.into_iter().map(Spanned::into_inner).collect();
            let index = vocabulary.terms.len();
            vocabulary.terms.push(Term { instead: term.write, reason: term.reason, except });
            for phrase in term.avoid {
                let at = phrase.span().start;
                let parts: Vec<String> = words(phrase.get_ref()).map(|(_, word)| folded(word)).collect();
                match parts.first() {
                    Some(first) => vocabulary.phrases.entry(first.clone()).or_default().push((parts, index)),
                    None => toml.report(at, format!("`avoid`: {:?} has no word", phrase.get_ref())),
                }
            }
        }
        vocabulary
    }

    /// Returns true if nothing is avoided.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Avoided phrases in a text, in their order. Case and line ends don't matter; only whole words count. `file` is
    /// the path of the text in the content folder, for terms that are allowed in named files.
    pub fn find<'a>(&'a self, text: &'a str, file: &str) -> Vec<Occurrence<'a>> {
        let words: Vec<(usize, &str)> = words(text).collect();
        let folded: Vec<String> = words.iter().map(|(_, word)| folded(word)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self
                .phrases
                .get(&folded[at])
                .into_iter()
                .flatten()
                .filter(|(phrase, term)| {
                    folded[at..].starts_with(phrase)
                        && is_one_run(text, &words[at..at + phrase.len()])
                        && !self.terms[*term].except.iter().any(|except| except == file)
                })
                .max_by_key(|(phrase, _)| phrase.len());
            let Some((phrase, term)) = longest else {
                at += 1;
                continue;
            };
            let (offset, last) = (words[at].0, words[at + phrase.len() - 1]);
            let term = &self.terms[*term];
            let phrase_end = last.0 + last.1.len();
            found.push(Occurrence {
                offset,
                phrase: &text[offset..phrase_end],
                instead: &term.instead,
                reason: &term.reason,
            });
            at += phrase.len();
        }
        found
    }
}

/// Words of a text with their offsets. Apostrophes and hyphens within a word belong to it.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_joint = |character: char| matches!(character, '\'' | '’' | '-' | '_');
    text.split(move |character: char| !character.is_alphanumeric() && !is_joint(character))
        .map(move |word| word.trim_matches(is_joint))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Returns true if only spaces separate the words: a phrase does not reach across punctuation.
fn is_one_run(text: &str, words: &[(usize, &str)]) -> bool {
    words.windows(2).all(|pair| text[pair[0].0 + pair[0].1.len()..pair[1].0].chars().all(char::is_whitespace))
}

fn folded(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(text: &str) -> (Vocabulary, Vec<String>) {
        let folder = tempfile::TempDir::new().expect("a folder");
        std::fs::write(folder.path().join(FILE), text).expect("a file");
        let mut problems = Vec::new();
        let vocabulary = Vocabulary::read(folder.path(), &mut problems);
        (vocabulary, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn whole_words_are_found_in_any_case_and_across_lines() {
        let (vocabulary, problems) = vocabulary(
            "[[term]]\navoid = [\"make an agent\", \"make\", \"whoever\"]\nwrite = \"create\"\nreason = \"The field's verb.\"\n",
        );
        assert_eq!(problems, [""; 0]);
        let found = vocabulary.find("Whoever Makes a map, make an\nagent. Make, an agent; maker make-up", "a.md");
        let phrases: Vec<_> = found.iter().map(|occurrence| (occurrence.offset, occurrence.phrase)).collect();
        assert_eq!(phrases, [(0, "Whoever"), (21, "make an\nagent"), (36, "Make")]);
        assert_eq!((found[1].instead, found[1].reason), ("create", "The field's verb."));
    }

    #[test]
    fn a_term_may_be_allowed_in_named_files() {
        let (vocabulary, problems) = vocabulary(
            "[[term]]\navoid = [\"tenant\"]\nwrite = \"organization\"\nexcept = [\"vocabulary.toml\", \"gone.md\"]\n",
        );
        assert_eq!(problems, ["vocabulary.toml:4: vocabulary: `except`: there is no file gone.md"]);
        assert_eq!(vocabulary.find("A tenant.", "vocabulary.toml"), []);
        assert_eq!(vocabulary.find("A tenant.", "other.md").len(), 1);
    }

    #[test]
    fn mistakes_are_reported_with_their_line() {
        let (_, problems) = vocabulary("[[term]]\navoid = [\"?\"]\nwrite = \"x\"\n");
        assert_eq!(problems, ["vocabulary.toml:2: vocabulary: `avoid`: \"?\" has no word"]);
        let (_, problems) = vocabulary("[[term]]\navoid = [\"a\"]\n");
        assert_eq!(problems, ["vocabulary.toml:1: vocabulary: missing field `write`"]);
    }
}
