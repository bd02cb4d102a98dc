//! Agents among what the site's search finds.

use app::model::{Run, SearchGroup, SearchHit};

use super::cards::row;
use super::href;
use crate::generation::Generation;
use crate::marketplace::{Answer, Form, Kept, Subject};

/// Agents that are shown there; the marketplace has the rest.
const MOST: usize = 5;

/// A group of hits, unless nothing was found.
pub fn found(generation: &Generation, subject: &Subject, kept: &Kept) -> Option<SearchGroup> {
    let Answer::List(list) = &kept.answer else { return None };
    let text = |text: String| vec![Run { text, marked: false }];
    let mut hits: Vec<SearchHit> = list
        .page
        .data
        .iter()
        .take(MOST)
        .map(|card| row(generation, card))
        .map(|row| SearchHit {
            title: text(row.name),
            href: row.href,
            trail: row.publisher.title,
            excerpt: text(row.description),
            passages: Vec::new(),
        })
        .collect();
    if hits.is_empty() {
        return None;
    }
    let total = list.page.total_count;
    if total > hits.len() as u64 {
        hits.push(SearchHit {
            title: text(format!("All {total} matching agents")),
            href: href(generation, subject, Form::Html),
            ..SearchHit::default()
        });
    }
    let title = if list.page.approximate { "Agents with similar words" } else { "Agents" };
    Some(SearchGroup { title: title.to_owned(), hits })
}
