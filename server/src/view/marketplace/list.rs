//! The list of agents.

use app::model::marketplace::{AgentList, Chosen, ClaimKind, Facet, FacetValue, Pages, SortChoice};
use app::model::{About, Page, View};
use client::types::{self, MarketplacePage};

use super::cards::row;
use super::{PUBLISH, Shown, href, page};
use crate::marketplace::{Form, List, Note, Question, SortBy, Subject, plain};
use crate::site_paths::MARKETPLACE;

/// Values of a facet that are shown.
const MOST_VALUES: usize = 10;

const DESCRIPTION: &str =
    "Find AI agents by capability and see what has been verified about each one: domain, key, repository.";

/// A page of agents.
pub(super) fn view(shown: &Shown<'_>, question: &Question, list: &List, notes: &[Note]) -> View {
    let generation = shown.generation;
    let link = |question: Question| href(generation, &Subject::List(question), Form::Html);
    let mut notes: Vec<String> = notes.iter().map(|note| plain(&note.0)).collect();
    let total_pages = list.page.total_pages;
    if list.page.data.is_empty() && question.skipped > 0 && total_pages > 0 {
        notes.push(format!("Page {} doesn’t exist. The last page is {total_pages}.", question.page()));
    }
    if list.page.approximate && !list.page.data.is_empty() {
        notes.push(approximate(&question.text));
    }
    let page = AgentList {
        action: generation.site.href(MARKETPLACE),
        text: question.text.clone(),
        chosen: chosen(question, list, &link),
        all: generation.site.href(MARKETPLACE),
        facets: facets(question, list),
        sorts: sorts(question),
        total: list.page.total_count,
        agents: list.page.data.iter().map(|card| row(generation, card)).collect(),
        pages: pages(&list.page, |page| {
            let mut other = question.clone();
            other.skipped = page - 1;
            link(other)
        }),
        notes,
        stale: shown.stale(),
        publish: page(generation, PUBLISH),
        json: shown.here(Form::Json),
    };
    let title = match (question.text.as_str(), question.page()) {
        ("", 1) => "Marketplace".to_owned(),
        ("", number) => format!("Marketplace, page {number}"),
        (text, _) => format!("Marketplace: {text}"),
    };
    let mut frame = shown.frame(&title, DESCRIPTION, About::List);
    // There is no end of combinations, nor of pages behind the last: every agent has an address of its own, and stands in a
    // sitemap.
    frame.meta.noindex = !question.is_all() || question.page() > total_pages.max(1);
    frame.meta.script = Some(frame.assets.market_script.clone());
    View { frame, page: Page::AgentList(Box::new(page)) }
}

/// Said before agents that a text found by words close to its own. Others may have them that were left out by what is
/// chosen beside.
fn approximate(text: &str) -> String {
    if text.split_whitespace().count() == 1 {
        format!("No agent contains the word “{text}”. Showing agents with similar words.")
    } else {
        format!("No agent contains all the words “{text}”. Showing agents with similar words.")
    }
}

/// The pages before and after one. `link` is given numbers from 1 on.
pub(super) fn pages(page: &MarketplacePage, link: impl Fn(u64) -> String) -> Pages {
    let (number, count) = (page.page, page.total_pages);
    Pages {
        page: number,
        count,
        previous: (number > 1).then(|| link((number - 1).min(count.max(1)))),
        next: (number < count).then(|| link(number + 1)),
    }
}

fn chosen(question: &Question, list: &List, link: &impl Fn(Question) -> String) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    let mut add = |title: String, without: Question| chosen.push(Chosen { title, without: link(without) });
    for kind in &question.checked {
        let title = format!("{} verified", ClaimKind::ALL[*kind].title());
        add(title, question.with(|other| other.checked.retain(|one| one != kind)));
    }
    for capability in &question.capabilities {
        add(capability.clone(), question.with(|other| other.capabilities.retain(|one| one != capability)));
    }
    if let Some(agent_type) = question.agent_type {
        add(agent_type.to_owned(), question.with(|other| other.agent_type = None));
    }
    if let Some(publisher) = &question.publisher {
        let known = list.publishers.iter().find(|facet| facet.value == *publisher);
        let title = known.and_then(|facet| facet.label.as_deref()).map_or_else(|| publisher.clone(), plain);
        add(title, question.with(|other| other.publisher = None));
    }
    chosen
}

fn facets(question: &Question, list: &List) -> Vec<Facet> {
    let of = |name: &str| list.page.facets.get(name).map(Vec::as_slice).unwrap_or_default();
    let checked: Vec<String> = question.checked.iter().map(|kind| ClaimKind::ALL[*kind].word().to_owned()).collect();
    let single = |value: Option<&str>| value.map(str::to_owned).into_iter().collect::<Vec<_>>();
    let kind = |word: &str| ClaimKind::read(word).map_or_else(|| plain(word), |kind| kind.title().to_owned());
    let mut facets = vec![
        facet("checked", "Verified", false, &checked, of("checked"), &|value, _| kind(value)),
        facet("capability", "Capability", false, &question.capabilities, of("capability"), &|value, _| plain(value)),
        facet("agentType", "Type", true, &single(question.agent_type), &list.types, &|value, _| plain(value)),
        facet(
            "publisher",
            "Publisher",
            true,
            &single(question.publisher.as_deref()),
            &list.publishers,
            &|value, label| plain(label.unwrap_or(value)),
        ),
    ];
    facets.retain(|facet| !facet.values.is_empty());
    facets
}

fn facet(
    name: &'static str,
    title: &'static str,
    is_single: bool,
    chosen: &[String],
    counted: &[types::Facet],
    shown: &dyn Fn(&str, Option<&str>) -> String,
) -> Facet {
    let value = |facet: &types::Facet| FacetValue {
        value: facet.value.clone(),
        title: shown(&facet.value, facet.label.as_deref()),
        count: facet.count,
        is_chosen: chosen.contains(&facet.value),
    };
    let mut values: Vec<FacetValue> = counted.iter().map(value).collect();
    // What was chosen can be left out again, even if nothing has it.
    for missing in chosen.iter().filter(|one| !counted.iter().any(|facet| facet.value == **one)) {
        values.push(FacetValue { value: missing.clone(), title: shown(missing, None), count: 0, is_chosen: true });
    }
    values.sort_by_key(|value| !value.is_chosen);
    let is_cut = values.len() > MOST_VALUES;
    values.truncate(MOST_VALUES.max(chosen.len()));
    Facet { name, title, is_single, values, is_cut }
}

fn sorts(question: &Question) -> Vec<SortChoice> {
    let now = question.sort.unwrap_or(question.usual_sort());
    let fits = |sort: SortBy| sort != SortBy::Relevance || !question.text.is_empty();
    SortBy::ALL
        .into_iter()
        .filter(|(sort, _, _)| fits(*sort))
        // The usual order is the one of no word: it changes when words are looked for.
        .map(|(sort, value, title)| {
            let value = if sort == question.usual_sort() { "" } else { value };
            SortChoice { value, title, is_chosen: sort == now }
        })
        .collect()
}
