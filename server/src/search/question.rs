//! A question, read: which words are looked for, what means the same, and how that is asked of the index.

use content::SearchSettings;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::index::Fields;
use super::words::{stem, words};
use super::{MAX_QUESTION, MAX_WORDS, SearchError};

/// Words that questions are made of and that say nothing about what is wanted.
const STOPWORDS: &[&str] = &[
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "do", "does",
    "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or",
    "our", "s", "should", "so", "some", "t", "that", "the", "their", "them", "there", "these", "they", "this", "to",
    "us", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// How much a word counts by where it is: a title before a heading before text.
const WEIGHTS: [(fn(&Fields) -> Field, f32); 7] = [
    (|fields| fields.title, 7.0),
    (|fields| fields.heading, 4.0),
    (|fields| fields.description, 2.2),
    (|fields| fields.path, 1.5),
    (|fields| fields.context, 1.3),
    (|fields| fields.text, 1.0),
    (|fields| fields.code, 0.8),
];
/// Of a word that stands in several places, how much the lesser ones add.
const TIE: f32 = 0.25;
/// How much another word counts that means the same.
const SYNONYM: f32 = 0.6;
/// How much the stem counts beside the word itself, then the beginning, then a word a typo or two away.
const STEM: f32 = 0.85;
const BEGINNING: f32 = 0.7;
const NEAR: f32 = 0.5;

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// What is looked for; each finds something by itself.
    parts: Vec<Part>,
}

/// A word or phrase, and what means the same. What was typed is first.
type Part = Vec<Phrase>;
/// Words that have to be there together.
type Phrase = Vec<Sought>;

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) text: String,
    stem: String,
    /// Whether it may be the beginning of a word: the last one, that is still being typed.
    is_beginning: bool,
    /// How many typos it may have: none where the word is known.
    typos: u8,
}

impl Question {
    /// Reads a question. Any text is one.
    pub(super) fn read(text: &str, synonyms: &Synonyms, is_known: impl Fn(&str) -> bool) -> Self {
        let end = (0..=MAX_QUESTION.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let text = &text[..end];
        let found = words(text);
        let last = found.last().map(|word| word.range.end);
        let is_open = text.ends_with(char::is_alphanumeric);
        let sought = |text: &str, range_end: usize| {
            let stem = stem(text);
            let is_known = is_known(text) || is_known(&stem);
            let typos = match text.chars().count() {
                _ if is_known => 0,
                0..=3 => 0,
                4..=7 => 1,
                _ => 2,
            };
            Sought { text: text.to_owned(), stem, is_beginning: is_open && Some(range_end) == last, typos }
        };
        let mut parts: Vec<Part> = Vec::new();
        let mut at = 0;
        while let Some(word) = found.get(at).filter(|_| parts.len() < MAX_WORDS) {
            at += 1;
            let mut part = vec![vec![sought(&word.text, word.range.end)]];
            if word.joined {
                // An identifier: as a whole, or all its parts.
                let inside: Vec<_> = found[at..].iter().take_while(|inner| inner.range.end <= word.range.end).collect();
                at += inside.len();
                part.push(inside.into_iter().map(|inner| sought(&inner.text, inner.range.end)).collect());
            }
            parts.push(part);
        }
        let is_stopword = |part: &Part| part.len() == 1 && STOPWORDS.contains(&part[0][0].text.as_str());
        if parts.iter().any(|part| !is_stopword(part)) {
            parts.retain(|part| !is_stopword(part));
        }
        Self { parts: synonyms.extend(parts) }
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Words that were typed and stand nowhere, for near ones.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &Sought> {
        self.parts.iter().filter_map(|part| part.first()?.first()).filter(|sought| sought.typos > 0 || sought.text.len() < 4)
    }

    /// How many parts an entry has to have. Short questions mean every word; long ones are sentences.
    pub(super) fn least(&self) -> usize {
        match self.parts.len() {
            count @ 0..=2 => count,
            3 => 2,
            count => (count * 3).div_ceil(5),
        }
    }

    /// The question as the index is asked. `least` parts have to be there.
    pub(super) fn query(&self, fields: &Fields, least: usize) -> Box<dyn Query> {
        if self.is_empty() {
            return Box::new(EmptyQuery);
        }
        let clauses = self.parts.iter().map(|part| (Occur::Should, any_of(part, fields))).collect();
        Box::new(BooleanQuery::with_minimum_required_clauses(clauses, least.max(1)))
    }

    /// Whether a word, in lower case, is one that was looked for.
    pub(super) fn finds(&self, word: &str) -> bool {
        let stem = stem(word);
        self.parts.iter().flatten().flatten().any(|sought| {
            sought.text == word
                || sought.stem == stem
                || sought.is_beginning && word.starts_with(&sought.text)
                || sought.typos > 0 && strsim::osa_distance(&sought.text, word) <= usize::from(sought.typos)
        })
    }
}

fn any_of(part: &Part, fields: &Fields) -> Box<dyn Query> {
    let phrases = part.iter().enumerate().map(|(index, phrase)| {
        let all = phrase.iter().map(|sought| (Occur::Must, anywhere(sought, fields))).collect();
        let all: Box<dyn Query> = Box::new(BooleanQuery::new(all));
        if index == 0 { all } else { Box::new(BoostQuery::new(all, SYNONYM)) as Box<dyn Query> }
    });
    Box::new(DisjunctionMaxQuery::new(phrases.collect()))
}

fn anywhere(sought: &Sought, fields: &Fields) -> Box<dyn Query> {
    let places = WEIGHTS.iter().map(|(field, weight)| {
        Box::new(BoostQuery::new(in_field(sought, field(fields)), *weight)) as Box<dyn Query>
    });
    Box::new(DisjunctionMaxQuery::with_tie_breaker(places.collect(), TIE))
}

fn in_field(sought: &Sought, field: Field) -> Box<dyn Query> {
    let term = |text: &str| Term::from_field_text(field, text);
    let whole = |text: &str| Box::new(TermQuery::new(term(text), IndexRecordOption::WithFreqs)) as Box<dyn Query>;
    let weighed = |query: Box<dyn Query>, weight| Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>;
    let mut ways = vec![whole(&sought.text)];
    if sought.stem != sought.text {
        ways.push(weighed(whole(&sought.stem), STEM));
    }
    if sought.is_beginning && sought.text.chars().count() > 1 {
        ways.push(weighed(Box::new(FuzzyTermQuery::new_prefix(term(&sought.text), 0, true)), BEGINNING));
        if sought.typos > 0 {
            ways.push(weighed(Box::new(FuzzyTermQuery::new_prefix(term(&sought.text), 1, true)), NEAR));
        }
    }
    if sought.typos > 0 {
        ways.push(weighed(Box::new(FuzzyTermQuery::new(term(&sought.text), sought.typos, true)), NEAR));
    }
    Box::new(DisjunctionMaxQuery::new(ways))
}

/// Whether a word stands anywhere in the index.
pub(super) fn is_known(searcher: &Searcher, fields: &Fields, word: &str) -> Result<bool, SearchError> {
    for (field, _) in WEIGHTS {
        if searcher.doc_freq(&Term::from_field_text(field(fields), word))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Groups of phrases that mean the same, as stems.
#[derive(Clone, Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<Vec<(String, String)>>>,
}

impl Synonyms {
    /// Reads what authors wrote.
    pub(super) fn new(settings: &SearchSettings) -> Self {
        let phrase = |text: &String| -> Vec<(String, String)> {
            let whole = words(text).into_iter().filter(|word| !word.joined);
            whole.map(|word| (stem(&word.text), word.text)).collect()
        };
        let groups = settings.synonyms.iter().map(|group| group.iter().map(phrase).filter(|phrase| !phrase.is_empty()).collect());
        Self { groups: groups.collect() }
    }

    /// Puts beside each part, or run of parts, what means the same.
    fn extend(&self, parts: Vec<Part>) -> Vec<Part> {
        let mut extended: Vec<Part> = Vec::new();
        let mut rest = parts.as_slice();
        while let Some(first) = rest.first() {
            let (length, others) = self.longest(rest);
            let mut part = if length > 1 {
                vec![rest[..length].iter().map(|part| part[0][0].clone()).collect()]
            } else {
                first.clone()
            };
            part.extend(others);
            extended.push(part);
            rest = &rest[length.max(1)..];
        }
        extended
    }

    /// The longest phrase of any group that `parts` begin with, and the other phrases of its groups.
    fn longest(&self, parts: &[Part]) -> (usize, Vec<Phrase>) {
        let begins = |phrase: &Vec<(String, String)>| {
            phrase.len() <= parts.len()
                && phrase.iter().zip(parts).all(|((stem, _), part)| {
                    part.iter().any(|typed| typed.len() == 1 && typed[0].stem == *stem)
                })
        };
        let longest = self.groups.iter().flatten().filter(|phrase| begins(phrase)).map(Vec::len).max().unwrap_or(0);
        let mut others = Vec::new();
        for group in &self.groups {
            let is_meant = |phrase: &Vec<(String, String)>| phrase.len() == longest && begins(phrase);
            if longest > 0 && group.iter().any(is_meant) {
                let sought = |(stem, text): &(String, String)| Sought {
                    text: text.clone(),
                    stem: stem.clone(),
                    is_beginning: false,
                    typos: 0,
                };
                others.extend(group.iter().filter(|phrase| !is_meant(phrase)).map(|phrase| phrase.iter().map(sought).collect()));
            }
        }
        (longest, others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, synonyms: &[&[&str]]) -> Question {
        let settings = SearchSettings {
            synonyms: synonyms.iter().map(|group| group.iter().map(|word| (*word).to_owned()).collect()).collect(),
            ..SearchSettings::default()
        };
        Question::read(text, &Synonyms::new(&settings), |word| word != "identti")
    }

    fn typed(question: &Question) -> Vec<Vec<String>> {
        let phrase = |phrase: &Phrase| phrase.iter().map(|sought| sought.text.as_str()).collect::<Vec<_>>().join(" ");
        question.parts.iter().map(|part| part.iter().map(phrase).collect()).collect()
    }

    #[test]
    fn words_that_say_nothing_are_left_out_unless_there_are_no_others() {
        assert_eq!(typed(&read("How do I run the portal?", &[])), [["run"], ["portal"]]);
        assert_eq!(typed(&read("who is it", &[])), [["who"], ["is"], ["it"]]);
        assert!(read(" .?! ", &[]).is_empty());
    }

    #[test]
    fn an_identifier_is_looked_for_whole_and_in_parts() {
        assert_eq!(typed(&read("agentId x", &[])), [vec!["agentid", "agent id"], vec!["x"]]);
    }

    #[test]
    fn phrases_bring_what_means_the_same() {
        let groups: &[&[&str]] = &[&["did", "decentralized identifier"], &["log in", "sign in"]];
        assert_eq!(typed(&read("DIDs", groups)), [["dids", "decentralized identifier"]]);
        assert_eq!(typed(&read("decentralized identifiers today", groups)), [vec!["decentralized identifiers", "did"], vec!["today"]]);
    }

    #[test]
    fn only_an_unknown_word_may_have_typos_and_only_the_last_may_be_a_beginning() {
        let question = read("identti toke", &[]);
        let marks: Vec<_> = question.parts.iter().map(|part| (part[0][0].typos, part[0][0].is_beginning)).collect();
        assert_eq!(marks, [(1, false), (0, true)]);
        assert!(question.finds("token") && question.finds("identity") == (strsim::osa_distance("identti", "identity") <= 1));
        assert!(!read("toke ", &[]).finds("token"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_question(text in "\\PC{0,300}") {
            let question = read(&text, &[&["a", "b c"]]);
            proptest::prop_assert!(question.parts.len() <= MAX_WORDS);
        }
    }
}
