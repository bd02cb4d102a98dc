//! Words, phrases and parts of a query.

/// Words of questions that don't select pages.
const STOPWORDS: &[&str] = &[
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "do", "does",
    "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or",
    "our", "s", "should", "so", "some", "t", "that", "the", "their", "them", "there", "these", "they", "this", "to",
    "us", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// A word or phrase with its synonyms; the typed one is first.
pub(crate) type Part = Vec<Phrase>;
/// Words that have to match together.
pub(crate) type Phrase = Vec<QueryWord>;

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryWord {
    /// The word in lower case.
    pub(crate) text: String,
    /// Its stem.
    pub(crate) stem: String,
    /// True if the site contains the word as typed.
    pub(crate) is_known: bool,
    /// Completions: the last word of a query may be incomplete.
    pub(crate) completions: Vec<String>,
    /// Corrections of a typo.
    pub(crate) corrections: Vec<String>,
}

impl QueryWord {
    /// Returns true if a word, given with its stem, may match the word of the query.
    pub(crate) fn may_be(&self, (stem, text): &(String, String)) -> bool {
        self.stem == *stem
            || !self.is_known && self.completions.iter().chain(&self.corrections).any(|word| word == text)
    }
}

/// Removes stopwords, unless there are no other words.
pub(crate) fn remove_stopwords<T>(all: &mut Vec<T>, text: impl Fn(&T) -> &str) {
    let is_stopword = |one: &T| STOPWORDS.contains(&text(one));
    if !all.iter().all(is_stopword) {
        all.retain(|one| !is_stopword(one));
    }
}

/// The texts of a phrase.
pub(crate) fn texts(phrase: &Phrase) -> Vec<&str> {
    phrase.iter().map(|word| word.text.as_str()).collect()
}
