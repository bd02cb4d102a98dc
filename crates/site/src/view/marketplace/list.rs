//! The list of agents.

use app::model::marketplace::{AgentList, Chosen, ClaimKind, Facet, FacetValue, Pages, SortChoice};
use app::model::{About, Page, View};
use client::types::{self, MarketplacePage};

use super::cards::agent_row;
use super::data_page::{DataPage, PUBLISH_PAGE, existing_page};
use crate::marketplace::{Format, ListData, MarketplaceQuery, PageKey, QueryNote, SortBy, page_href};
use crate::paths::MARKETPLACE;
use crate::plain_text::plain_text;

/// Maximum values of a facet.
const MAX_VALUES: usize = 10;

const DESCRIPTION: &str =
    "Find AI agents by capability and see what has been verified about each one: domain, key, repository.";

/// Builds a page of the list.
pub(super) fn list_page(
    data_page: &DataPage<'_>,
    query: &MarketplaceQuery,
    list: &ListData,
    notes: &[QueryNote],
) -> View {
    let context = data_page.context;
    let link = |query: MarketplaceQuery| page_href(context, &PageKey::List(query), Format::Html);
    let mut notes: Vec<String> = notes.iter().map(|note| plain_text(&note.0)).collect();
    let total_pages = list.page.total_pages;
    if list.page.data.is_empty() && query.skipped > 0 && total_pages > 0 {
        notes.push(format!("Page {} doesn’t exist. The last page is {total_pages}.", query.page()));
    }
    if list.page.approximate && !list.page.data.is_empty() {
        notes.push(approximate_note(&query.text));
    }
    let page = AgentList {
        action: context.site.href(MARKETPLACE),
        text: query.text.clone(),
        chosen: chosen_filters(query, list, &link),
        all: context.site.href(MARKETPLACE),
        facets: facets(query, list),
        sorts: sorts(query),
        total: list.page.total_count,
        agents: list.page.data.iter().map(|card| agent_row(context, card)).collect(),
        pages: pager(&list.page, |page| {
            let mut other = query.clone();
            other.skipped = page - 1;
            link(other)
        }),
        notes,
        stale: data_page.stale_notice(),
        publish: existing_page(context, PUBLISH_PAGE),
        json: data_page.href(Format::Json),
    };
    let title = match (query.text.as_str(), query.page()) {
        ("", 1) => "Marketplace".to_owned(),
        ("", number) => format!("Marketplace, page {number}"),
        (text, _) => format!("Marketplace: {text}"),
    };
    let mut frame = data_page.frame(&title, DESCRIPTION, About::List);
    // Filter combinations and pages beyond the last are unlimited; every agent has its own URL in a sitemap.
    frame.meta.noindex = !query.is_unfiltered() || query.page() > total_pages.max(1);
    frame.meta.script = Some(frame.assets.market_script.clone());
    View { frame, page: Page::AgentList(Box::new(page)) }
}

/// The note above approximate matches. Agents with the exact words may be hidden by a filter.
fn approximate_note(text: &str) -> String {
    if text.split_whitespace().count() == 1 {
        format!("No agent contains the word “{text}”. Showing agents with similar words.")
    } else {
        format!("No agent contains all the words “{text}”. Showing agents with similar words.")
    }
}

/// Builds the pager. `link` expects page numbers from 1.
pub(super) fn pager(page: &MarketplacePage, link: impl Fn(u64) -> String) -> Pages {
    let (number, count) = (page.page, page.total_pages);
    Pages {
        page: number,
        count,
        previous: (number > 1).then(|| link((number - 1).min(count.max(1)))),
        next: (number < count).then(|| link(number + 1)),
    }
}

fn chosen_filters(
    query: &MarketplaceQuery,
    list: &ListData,
    link: &impl Fn(MarketplaceQuery) -> String,
) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    let mut add = |title: String, query: MarketplaceQuery| chosen.push(Chosen { title, removal_url: link(query) });
    for kind in &query.checked {
        let title = format!("{} verified", ClaimKind::ALL[*kind].title());
        add(title, query.with(|other| other.checked.retain(|one| one != kind)));
    }
    for capability in &query.capabilities {
        add(capability.clone(), query.with(|other| other.capabilities.retain(|one| one != capability)));
    }
    if let Some(agent_type) = query.agent_type {
        add(agent_type.to_owned(), query.with(|other| other.agent_type = None));
    }
    if let Some(publisher) = &query.publisher {
        let known = list.publishers.iter().find(|facet| facet.value == *publisher);
        let title = known.and_then(|facet| facet.label.as_deref()).map_or_else(|| publisher.clone(), plain_text);
        add(title, query.with(|other| other.publisher = None));
    }
    chosen
}

fn facets(query: &MarketplaceQuery, list: &ListData) -> Vec<Facet> {
    let of = |name: &str| list.page.facets.get(name).map(Vec::as_slice).unwrap_or_default();
    let checked: Vec<String> = query.checked.iter().map(|kind| ClaimKind::ALL[*kind].as_str().to_owned()).collect();
    let single = |value: Option<&str>| value.map(str::to_owned).into_iter().collect::<Vec<_>>();
    let kind = |name: &str| ClaimKind::parse(name).map_or_else(|| plain_text(name), |kind| kind.title().to_owned());
    let mut facets = vec![
        facet("checked", "Verified", false, &checked, of("checked"), &|value, _| kind(value)),
        facet("capability", "Capability", false, &query.capabilities, of("capability"), &|value, _| plain_text(value)),
        facet("agentType", "Type", true, &single(query.agent_type), &list.types, &|value, _| plain_text(value)),
        facet(
            "publisher",
            "Publisher",
            true,
            &single(query.publisher.as_deref()),
            &list.publishers,
            &|value, label| plain_text(label.unwrap_or(value)),
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
    // A selected value can be removed, even without a match.
    for missing in chosen.iter().filter(|one| !counted.iter().any(|facet| facet.value == **one)) {
        values.push(FacetValue { value: missing.clone(), title: shown(missing, None), count: 0, is_chosen: true });
    }
    values.sort_by_key(|value| !value.is_chosen);
    let is_cut = values.len() > MAX_VALUES;
    values.truncate(MAX_VALUES.max(chosen.len()));
    Facet { name, title, is_single, values, is_cut }
}

fn sorts(query: &MarketplaceQuery) -> Vec<SortChoice> {
    let now = query.sort.unwrap_or(query.default_sort());
    let fits = |sort: SortBy| sort != SortBy::Relevance || !query.text.is_empty();
    SortBy::ALL
        .into_iter()
        .filter(|(sort, _, _)| fits(*sort))
        // The default order has no parameter: it changes with the search text.
        .map(|(sort, value, title)| {
            let value = if sort == query.default_sort() { "" } else { value };
            SortChoice { value, title, is_chosen: sort == now }
        })
        .collect()
}
