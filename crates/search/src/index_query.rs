//! Conversion of queries to tantivy's: fields, weights and phrases.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::index::Fields;
use crate::terms::{Part, QueryWord};

/// A field and the weight of a match in it.
type Weight = (fn(&Fields) -> Field, f32);

/// Weights of a word by field: a title before a heading before text.
const WORD_WEIGHTS: [Weight; 6] = [
    (|fields| fields.title, 10.0),
    (|fields| fields.heading, 2.25),
    (|fields| fields.description, 4.0),
    (|fields| fields.path, 0.5),
    (|fields| fields.text, 1.0),
    (|fields| fields.code, 1.6),
];
/// Weights of two adjacent words by field.
const PHRASE_WEIGHTS: [Weight; 4] = [
    (|fields| fields.title, 2.5),
    (|fields| fields.heading, 1.6),
    (|fields| fields.description, 1.2),
    (|fields| fields.text, 0.6),
];
/// Number of words allowed between two adjacent words, as in `page as Markdown` for `page Markdown`.
const PHRASE_SLOP: u32 = 1;
/// Share of the lesser fields in the score of a word that matches in several.
const TIE_BREAKER: f32 = 0.375;
/// Weight of a synonym.
const SYNONYM_WEIGHT: f32 = 0.6;
/// Weight of the stem, relative to the word itself.
const STEM_WEIGHT: f32 = 0.5;
/// Weight of a completion.
const COMPLETION_WEIGHT: f32 = 0.7;
/// Weight of a completion of a word that the site contains.
const LONGER_WORD_WEIGHT: f32 = 0.1;
/// Weight of a correction.
const CORRECTION_WEIGHT: f32 = 0.8;

/// Builds the queries for two adjacent words.
pub(crate) fn adjacent_words([one, other]: [&QueryWord; 2], fields: &Fields) -> Vec<Box<dyn Query>> {
    let phrase = |(field, weight): &Weight| {
        let term = |word: &QueryWord| Term::from_field_text(field(fields), &word.stem);
        let mut phrase = PhraseQuery::new(vec![term(one), term(other)]);
        phrase.set_slop(PHRASE_SLOP);
        Box::new(BoostQuery::new(Box::new(phrase), *weight)) as Box<dyn Query>
    };
    PHRASE_WEIGHTS.iter().map(phrase).collect()
}

/// Builds the query for a part: any of its phrases.
pub(crate) fn any_phrase(part: &Part, fields: &Fields) -> Box<dyn Query> {
    let phrases = part.iter().enumerate().map(|(index, phrase)| {
        let all = phrase.iter().map(|word| (Occur::Must, in_any_field(word, fields))).collect();
        let all: Box<dyn Query> = Box::new(BooleanQuery::new(all));
        if index == 0 { all } else { Box::new(BoostQuery::new(all, SYNONYM_WEIGHT)) as Box<dyn Query> }
    });
    Box::new(DisjunctionMaxQuery::new(phrases.collect()))
}

fn in_any_field(word: &QueryWord, fields: &Fields) -> Box<dyn Query> {
    let in_fields = WORD_WEIGHTS
        .iter()
        .map(|(field, weight)| Box::new(BoostQuery::new(in_field(word, field(fields)), *weight)) as Box<dyn Query>);
    Box::new(DisjunctionMaxQuery::with_tie_breaker(in_fields.collect(), TIE_BREAKER))
}

fn in_field(word: &QueryWord, field: Field) -> Box<dyn Query> {
    let term = |text: &str| Term::from_field_text(field, text);
    let whole = |text: &str| Box::new(TermQuery::new(term(text), IndexRecordOption::WithFreqs)) as Box<dyn Query>;
    let weighed = |query: Box<dyn Query>, weight| Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>;
    let mut forms = vec![whole(&word.text)];
    if word.stem != word.text {
        forms.push(weighed(whole(&word.stem), STEM_WEIGHT));
    }
    let completion = if word.is_known { LONGER_WORD_WEIGHT } else { COMPLETION_WEIGHT };
    forms.extend(word.completions.iter().map(|word| weighed(whole(word), completion)));
    forms.extend(word.corrections.iter().map(|word| weighed(whole(word), CORRECTION_WEIGHT)));
    Box::new(DisjunctionMaxQuery::new(forms))
}
