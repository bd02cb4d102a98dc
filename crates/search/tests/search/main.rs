//! How well the search answers what readers ask: our own pages, and the questions in `questions.toml`, which weights and
//! pages are tuned with. Those in `held-out.toml` were written afterwards by somebody who had not seen them, and nothing
//! is tuned for them: they show how much of what was learned holds.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests; what fails is told with its answer"
)]

use std::path::Path;
use std::sync::Arc;

use content::{Options, Site};
use search::{SearchIndex, SearchSnapshot};
use serde::Deserialize;

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    ask: String,
    page: String,
    #[serde(default)]
    or: Vec<String>,
}

fn snapshot() -> SearchSnapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let options = Options { root, site_paths: site::paths::published(), ..Options::default() };
    let site = Arc::new(Site::load(&options, None).expect("the site"));
    SearchIndex::new().expect("an engine").update(&site, &site::view::searchable_pages()).expect("an index")
}

/// Asks all questions; how many find their page first, and among the first three, in percent.
fn measure(name: &str) -> (usize, usize, usize) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search").join(name);
    let questions: Questions = toml::from_str(&std::fs::read_to_string(file).expect("questions")).expect("TOML");
    let search = snapshot();
    let (mut first, mut three) = (0, 0);
    for Question { ask, page, or } in &questions.question {
        let results = search.search(ask).expect("search results");
        let hits: Vec<String> = results.groups.into_iter().flat_map(|group| group.hits).map(|hit| hit.href).collect();
        let place = hits.iter().position(|hit| hit == page || or.contains(hit));
        first += usize::from(place == Some(0));
        three += usize::from(place.is_some_and(|place| place < 3));
        if place != Some(0) {
            println!("{ask:?} wants {page}, found {:?}", hits.iter().take(4).collect::<Vec<_>>());
        }
    }
    let count = questions.question.len();
    println!("{name}: {count} questions, {first} first, {three} in the first three");
    (count, first * 100 / count, three * 100 / count)
}

#[test]
fn tuned_queries_rank_the_expected_page_at_the_top() {
    let (count, first, three) = measure("questions.toml");
    assert!(count >= 60 && first >= 90 && three >= 98, "{count} questions: {first} % first, {three} % in three");
}

#[test]
fn held_out_queries_rank_the_expected_page_at_the_top() {
    let (count, first, three) = measure("held-out.toml");
    // A ratchet for the pages that there are (67 of them): it may only be raised. Sixteen pages on the API lowered it once,
    // from 76 and 93, five programs as quickstarts and a release again, from 75: to the same questions there is more to be
    // found now.
    assert!(count >= 50 && first >= 71 && three >= 88, "{count} questions: {first} % first, {three} % in three");
}
