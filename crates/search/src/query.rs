//! A question, read: which words are looked for, what means the same, and how that is asked of the index.

use std::cell::OnceCell;

use content::SearchSettings;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::index::Fields;
use super::vocabulary::Vocabulary;
use super::words::{Word, stem, words};
use super::{MAX_QUESTION, MAX_WORDS};

/// Words that questions are made of and that say nothing about what is wanted.
const STOPWORDS: &[&str] = &[
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "do", "does",
    "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or",
    "our", "s", "should", "so", "some", "t", "that", "the", "their", "them", "there", "these", "they", "this", "to",
    "us", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// A field, and how much a hit in it counts.
type Weight = (fn(&Fields) -> Field, f32);

/// How much a word counts by where it is: a title before a heading before text.
const WEIGHTS: [Weight; 6] = [
    (|fields| fields.title, 10.0),
    (|fields| fields.heading, 2.25),
    (|fields| fields.description, 4.0),
    (|fields| fields.path, 0.5),
    (|fields| fields.text, 1.0),
    (|fields| fields.code, 1.6),
];
/// How much it counts that two words stand together, by where.
const TOGETHER: [Weight; 4] = [
    (|fields| fields.title, 2.5),
    (|fields| fields.heading, 1.6),
    (|fields| fields.description, 1.2),
    (|fields| fields.text, 0.6),
];
/// Words that may stand between them: `page as Markdown` is about a Markdown page too.
const BETWEEN: u32 = 1;
/// Of a word that stands in several places, how much the lesser ones add.
const TIE: f32 = 0.375;
/// How much another word counts that means the same.
const SYNONYM: f32 = 0.6;
/// How much the stem counts beside the word itself, then the beginning, then a word a typo or two away.
const STEM: f32 = 0.5;
const BEGINNING: f32 = 0.7;
/// The same where what was typed is a word already.
const LONGER: f32 = 0.1;
const NEAR: f32 = 0.8;

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
    /// Whether it stands anywhere as it is.
    is_whole: bool,
    /// Words that it may be the beginning of: it is the last one, and still being typed.
    endings: Vec<String>,
    /// Words that may be meant where it is mistyped.
    meant: Vec<String>,
}

impl Sought {
    /// Whether a word, with its stem before it, may be the one that is looked for.
    fn may_be(&self, (stem, text): &(String, String)) -> bool {
        self.stem == *stem || !self.is_whole && self.endings.iter().chain(&self.meant).any(|word| word == text)
    }
}

impl Question {
    /// Reads a question. Any text is one.
    pub(super) fn read(text: &str, synonyms: &Synonyms, vocabulary: &Vocabulary) -> Self {
        let text = &text[..text.floor_char_boundary(MAX_QUESTION)];
        let found = words(text);
        let last = found.last().map(|word| word.range.end);
        let is_open = text.ends_with(char::is_alphanumeric);
        let sought = |text: &str, range_end: usize| {
            let may_go_on = is_open && Some(range_end) == last && text.chars().count() > 1;
            let endings = if may_go_on { vocabulary.endings(text) } else { Vec::new() };
            let meant = if endings.is_empty() { vocabulary.meant(text, may_go_on) } else { Vec::new() };
            Sought { text: text.to_owned(), stem: stem(text), is_whole: vocabulary.knows(text), endings, meant }
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
        without_stopwords(&mut parts, |part| if part.len() == 1 { &part[0][0].text } else { "" });
        Self { parts: synonyms.extend(&parts) }
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Words that were typed, for near ones where nothing is found.
    pub(super) fn typed(&self) -> impl Iterator<Item = &Sought> {
        self.parts.iter().filter_map(|part| part.first()?.first())
    }

    /// The question as an index is asked: any of its parts will do, and words that stand together count more.
    pub(super) fn query(&self, fields: &Fields) -> Box<dyn Query> {
        if self.is_empty() {
            return Box::new(EmptyQuery);
        }
        let parts = self.part_queries(fields).map(|part| (Occur::Should, part)).collect();
        let mut query = vec![(Occur::Must, Box::new(BooleanQuery::new(parts)) as Box<dyn Query>)];
        query.extend(self.neighbours().flat_map(|pair| together(pair, fields)).map(|pair| (Occur::Should, pair)));
        Box::new(BooleanQuery::new(query))
    }

    /// Each part by itself.
    pub(super) fn part_queries(&self, fields: &Fields) -> impl Iterator<Item = Box<dyn Query>> {
        self.parts.iter().map(|part| any_of(part, fields))
    }

    /// Words that were typed one behind the other.
    fn neighbours(&self) -> impl Iterator<Item = [&Sought; 2]> {
        let typed = |part: &Part| part.first().is_some_and(|phrase| phrase.len() == 1);
        self.parts.windows(2).filter(move |pair| pair.iter().all(typed)).map(|pair| [&pair[0][0][0], &pair[1][0][0]])
    }

    /// Whether a word, in lower case, is one that was looked for.
    pub(super) fn finds(&self, word: &str) -> bool {
        // A word and its stem begin alike: most words of a text need not be stemmed to be told apart.
        let stem_of_word = OnceCell::new();
        let has_stem = |sought: &Sought| {
            sought.stem.chars().next() == word.chars().next() && *stem_of_word.get_or_init(|| stem(word)) == sought.stem
        };
        // Of a phrase that means the same, each word alone would say nothing.
        let says = |part: &Part, phrase: &Phrase| {
            phrase.len() == 1 || phrase == &part[0] || part[0].iter().any(|whole| whole.text == texts(phrase).concat())
        };
        let mut shown = self.parts.iter().flat_map(|part| part.iter().filter(|phrase| says(part, phrase)).flatten());
        shown.any(|sought| {
            sought.text == word
                || has_stem(sought)
                || sought.endings.iter().chain(&sought.meant).any(|other| other == word)
        })
    }
}

/// Leaves out words that say nothing, unless there are no others.
fn without_stopwords<T>(all: &mut Vec<T>, text: impl Fn(&T) -> &str) {
    let is_stopword = |one: &T| STOPWORDS.contains(&text(one));
    if !all.iter().all(is_stopword) {
        all.retain(|one| !is_stopword(one));
    }
}

fn texts(phrase: &Phrase) -> Vec<&str> {
    phrase.iter().map(|sought| sought.text.as_str()).collect()
}

fn together([one, other]: [&Sought; 2], fields: &Fields) -> Vec<Box<dyn Query>> {
    let phrase = |(field, weight): &Weight| {
        let term = |sought: &Sought| Term::from_field_text(field(fields), &sought.stem);
        let mut phrase = PhraseQuery::new(vec![term(one), term(other)]);
        phrase.set_slop(BETWEEN);
        Box::new(BoostQuery::new(Box::new(phrase), *weight)) as Box<dyn Query>
    };
    TOGETHER.iter().map(phrase).collect()
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
    let places = WEIGHTS
        .iter()
        .map(|(field, weight)| Box::new(BoostQuery::new(in_field(sought, field(fields)), *weight)) as Box<dyn Query>);
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
    let beginning = if sought.is_whole { LONGER } else { BEGINNING };
    ways.extend(sought.endings.iter().map(|word| weighed(whole(word), beginning)));
    ways.extend(sought.meant.iter().map(|word| weighed(whole(word), NEAR)));
    Box::new(DisjunctionMaxQuery::new(ways))
}

/// Groups of phrases that mean the same, as stems.
#[derive(Clone, Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<Vec<(String, String)>>>,
}

impl Synonyms {
    /// Reads what authors wrote.
    pub(super) fn new(settings: &SearchSettings) -> Self {
        // `multi-tenancy` is what is typed as two words and what is typed as one.
        let phrases = |text: &String| -> Vec<Vec<(String, String)>> {
            let stemmed = |word: Word| (stem(&word.text), word.text);
            let (joined, apart): (Vec<_>, Vec<_>) = words(text).into_iter().partition(|word| word.joined);
            let mut apart: Vec<_> = apart.into_iter().map(stemmed).collect();
            without_stopwords(&mut apart, |(_, text)| text);
            let is_one = joined.len() == 1 && text.split_whitespace().count() == 1;
            let joined = joined.into_iter().filter(|_| is_one).map(|word| vec![stemmed(word)]);
            [apart].into_iter().chain(joined).filter(|phrase| !phrase.is_empty()).collect()
        };
        Self { groups: settings.synonyms.iter().map(|group| group.iter().flat_map(phrases).collect()).collect() }
    }

    /// Puts beside each part, or run of parts, what means the same.
    fn extend(&self, parts: &[Part]) -> Vec<Part> {
        let mut extended: Vec<Part> = Vec::new();
        let mut rest = parts;
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
                && phrase
                    .iter()
                    .zip(parts)
                    .all(|(word, part)| part.iter().any(|typed| typed.len() == 1 && typed[0].may_be(word)))
        };
        let longest = self.groups.iter().flatten().filter(|phrase| begins(phrase)).map(Vec::len).max().unwrap_or(0);
        let mut others = Vec::new();
        for group in &self.groups {
            let is_meant = |phrase: &Vec<(String, String)>| phrase.len() == longest && begins(phrase);
            if longest > 0 && group.iter().any(is_meant) {
                let sought = |(stem, text): &(String, String)| Sought {
                    text: text.clone(),
                    stem: stem.clone(),
                    is_whole: true,
                    endings: Vec::new(),
                    meant: Vec::new(),
                };
                others.extend(
                    group.iter().filter(|phrase| !is_meant(phrase)).map(|phrase| phrase.iter().map(sought).collect()),
                );
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
        Question::read(text, &Synonyms::new(&settings), &Vocabulary::default())
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
        assert_eq!(
            typed(&read("decentralized identifiers today", groups)),
            [vec!["decentralized identifiers", "did"], vec!["today"]]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_question(text in "\\PC{0,300}") {
            let question = read(&text, &[&["a", "b c"]]);
            proptest::prop_assert!(question.parts.len() <= MAX_WORDS);
        }
    }
}
