//! What an answer shows of a text: the part that says most of what was asked, with the words marked.

use app::model::{Marked, Run};

use super::question::Question;
use super::words::{Word, words};

/// Words that an excerpt holds at most.
const WORDS: usize = 30;
/// Words that stand before the first one that was asked for.
const LEAD: usize = 6;

/// The whole text, marked.
pub(super) fn whole(text: &str, question: &Question) -> Marked {
    runs(text, &found(text, question))
}

/// The best part of a text, marked; empty where nothing that was asked for stands in it.
pub(super) fn best(text: &str, question: &Question) -> Marked {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<Word> = words(&text).into_iter().filter(|word| !word.joined).collect();
    let hits: Vec<usize> = (0..all.len()).filter(|index| question.finds(&all[*index].text)).collect();
    let Some(first) = hits.iter().copied().max_by_key(|first| worth(&all, &hits, *first)) else {
        return Marked::new();
    };
    let start = first.saturating_sub(LEAD);
    let end = (start + WORDS).min(all.len());
    let from = if start == 0 { 0 } else { all[start].range.start };
    let to = if end == all.len() { text.len() } else { all[end - 1].range.end };
    let part = &text[from..to];
    let mut marked = runs(part, &found(part, question));
    if from > 0 {
        marked.insert(0, Run { text: "… ".to_owned(), marked: false });
    }
    if to < text.len() {
        marked.push(Run { text: " …".to_owned(), marked: false });
    }
    marked
}

/// Different words that a part would show which begins shortly before the hit `first`; of equals, the earliest.
fn worth(all: &[Word], hits: &[usize], first: usize) -> (usize, usize) {
    let shown = hits.iter().filter(|hit| **hit >= first && **hit < first + WORDS - LEAD);
    let mut different: Vec<&str> = shown.map(|hit| all[*hit].text.as_str()).collect();
    different.sort_unstable();
    different.dedup();
    (different.len(), all.len() - first)
}

/// Where the words stand that were asked for.
fn found(text: &str, question: &Question) -> Vec<std::ops::Range<usize>> {
    let words = words(text).into_iter().filter(|word| question.finds(&word.text));
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for word in words {
        match ranges.last_mut() {
            Some(last) if word.range.start < last.end => last.end = last.end.max(word.range.end),
            _ => ranges.push(word.range),
        }
    }
    ranges
}

fn runs(text: &str, ranges: &[std::ops::Range<usize>]) -> Marked {
    let mut runs = Marked::new();
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
    use crate::search::question::Synonyms;
    use crate::search::vocabulary::Vocabulary;

    fn question(text: &str) -> Question {
        Question::read(text, &Synonyms::default(), &Vocabulary::default())
    }

    fn shown(marked: &Marked) -> String {
        marked.iter().map(|run| if run.marked { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn the_words_are_marked_with_all_their_forms() {
        assert_eq!(
            shown(&whole("Signing with signed agentId", &question("sign agent"))),
            "[Signing] with [signed] [agent]Id"
        );
        assert_eq!(shown(&whole("The agent_id here", &question("agentId"))), "The [agent_id] here");
    }

    #[test]
    fn an_excerpt_is_cut_around_the_best_part() {
        let text = format!("{} one hash and another chain {}", "word ".repeat(50), "more ".repeat(50));
        let excerpt = shown(&best(&text, &question("hash chain")));
        assert!(excerpt.starts_with("… word") && excerpt.ends_with("more …"), "{excerpt}");
        assert!(excerpt.contains("[hash] and another [chain]"), "{excerpt}");
        assert!(best(&text, &question("nothing")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_out_as_it_went_in(text in "\\PC{0,200}", asked in "\\PC{0,20}") {
            let marked = whole(&text, &question(&asked));
            let back: String = marked.into_iter().map(|run| run.text).collect();
            proptest::prop_assert_eq!(back, text.clone());
            let _ = best(&text, &question(&asked));
        }
    }
}
