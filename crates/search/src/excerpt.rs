//! Excerpts of a text: the part with the most words of the query, with these words marked.

use crate::query::SearchQuery;
use crate::results::{MarkedText, Run};
use crate::tokenizer::{Word, words};

/// Longest excerpt, in words.
const MAX_WORDS: usize = 30;
/// Words before the first match.
const LEAD_WORDS: usize = 6;

/// Marks the matches in a whole text.
pub(crate) fn mark_matches(text: &str, query: &SearchQuery) -> MarkedText {
    split_into_runs(text, &matches(text, query))
}

/// Returns the best part of a text with its matches marked; empty without a match.
pub(crate) fn best_excerpt(text: &str, query: &SearchQuery) -> MarkedText {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<Word> = words(&text).into_iter().filter(|word| !word.joined).collect();
    let hits: Vec<usize> = (0..all.len()).filter(|index| query.matches(&all[*index].text)).collect();
    let Some(first) = hits.iter().copied().max_by_key(|first| distinct_matches(&all, &hits, *first)) else {
        return MarkedText::new();
    };
    let start = first.saturating_sub(LEAD_WORDS);
    let end = (start + MAX_WORDS).min(all.len());
    let from = if start == 0 { 0 } else { all[start].range.start };
    let to = if end == all.len() { text.len() } else { all[end - 1].range.end };
    let part = &text[from..to];
    let mut marked = split_into_runs(part, &matches(part, query));
    if from > 0 {
        marked.insert(0, Run { text: "… ".to_owned(), marked: false });
    }
    if to < text.len() {
        marked.push(Run { text: " …".to_owned(), marked: false });
    }
    marked
}

/// Counts the distinct matching words of a part that begins shortly before the hit `first`; ties go to the earliest.
fn distinct_matches(all: &[Word], hits: &[usize], first: usize) -> (usize, usize) {
    let shown = hits.iter().filter(|hit| **hit >= first && **hit < first + MAX_WORDS - LEAD_WORDS);
    let mut different: Vec<&str> = shown.map(|hit| all[*hit].text.as_str()).collect();
    different.sort_unstable();
    different.dedup();
    (different.len(), all.len() - first)
}

/// Byte ranges of the matching words.
fn matches(text: &str, query: &SearchQuery) -> Vec<std::ops::Range<usize>> {
    let words = words(text).into_iter().filter(|word| query.matches(&word.text));
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for word in words {
        match ranges.last_mut() {
            Some(last) if word.range.start < last.end => last.end = last.end.max(word.range.end),
            _ => ranges.push(word.range),
        }
    }
    ranges
}

fn split_into_runs(text: &str, ranges: &[std::ops::Range<usize>]) -> MarkedText {
    let mut runs = MarkedText::new();
    let mut put = |text: &str, marked: bool| {
        if !text.is_empty() {
            runs.push(Run { text: text.to_owned(), marked });
        }
    };
    let mut at = 0;
    for range in ranges {
        put(&text[at..range.start], false);
        put(&text[range.clone()], true);
        at = range.end;
    }
    put(&text[at..], false);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synonyms::Synonyms;
    use crate::term_dictionary::TermDictionary;

    fn query(text: &str) -> SearchQuery {
        SearchQuery::parse(text, &Synonyms::default(), &TermDictionary::default())
    }

    fn shown(marked: &MarkedText) -> String {
        marked.iter().map(|run| if run.marked { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn all_forms_of_a_query_term_are_marked() {
        assert_eq!(
            shown(&mark_matches("Signing with signed agentId", &query("sign agent"))),
            "[Signing] with [signed] [agent]Id"
        );
        assert_eq!(shown(&mark_matches("The agent_id here", &query("agentId"))), "The [agent_id] here");
    }

    #[test]
    fn excerpts_are_centered_on_the_best_match() {
        let text = format!("{} one hash and another chain {}", "word ".repeat(50), "more ".repeat(50));
        let excerpt = shown(&best_excerpt(&text, &query("hash chain")));
        assert!(excerpt.starts_with("… word") && excerpt.ends_with("more …"), "{excerpt}");
        assert!(excerpt.contains("[hash] and another [chain]"), "{excerpt}");
        assert!(best_excerpt(&text, &query("nothing")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn marking_matches_preserves_the_text(text in "\\PC{0,200}", asked in "\\PC{0,20}") {
            let marked = mark_matches(&text, &query(&asked));
            let back: String = marked.into_iter().map(|run| run.text).collect();
            proptest::prop_assert_eq!(back, text.clone());
            let _ = best_excerpt(&text, &query(&asked));
        }
    }
}
