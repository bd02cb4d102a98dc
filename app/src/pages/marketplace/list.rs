//! List of agents: search, filters, order, pages. One GET form that works without script.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::agents::{self, AgentRows, PageLinks};
use crate::components::stale::{self, StaleNotice};
use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::{AgentList, Chosen, Facet, FacetValue, Pages, SortChoice};

const LEAD: &str = "Find AI agents and see what has been verified about each one.";
const WORDS: &str =
    "Publishers provide names, descriptions and capabilities. SentryAgent verifies only what the badges show.";
const EMPTY: &str = "No agents match. Remove a filter or try different words.";
const LAST: &str = "Last page";
const NONE: &str = "No agents published yet.";

/// Search field, filters and agents.
#[component]
pub(crate) fn ListPage(list: AgentList) -> impl IntoView {
    let AgentList { action, text, chosen, all, facets, sorts, total, agents, pages, notes, stale, publish, .. } = list;
    let summary = summary(total, &text, &pages);
    let last_page = last(&pages);
    let is_filtered = !chosen.is_empty() || !text.is_empty();
    let is_empty = agents.is_empty();
    let count = chosen.len();
    let narrow = if count == 0 { "Filters".to_owned() } else { format!("Filters ({count})") };
    view! {
        <main id="page--main" class="market">
            <form method="get" action=action role="search" aria-label="Agents" data-market="">
                <div class="market-head">
                    <h1>"Marketplace"</h1>
                    <p class="lead">{LEAD}</p>
                    <label class="visually-hidden" for="market--text">"Search agents"</label>
                    <div class="field">
                        <input id="market--text" name="q" type="search" value=text maxlength="200" placeholder="What should the agent do?"
                            autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"/>
                        <button class="button" type="submit">"Search"</button>
                    </div>
                </div>
                <div class="facets" id="market--facets" popover="auto">
                    {facets.into_iter().map(facet).collect_view()}
                    <button class="button quiet apply" type="submit">"Show agents"</button>
                </div>
                <div class="market-results">
                    <div class="market-bar" id="market--bar">
                        <p class="found" role="status">{summary}</p>
                        <button class="button quiet narrow" type="button" popovertarget="market--facets">{narrow}</button>
                        {sort(sorts)}
                    </div>
                    <div id="market--results">
                    <StaleNotice stale/>
                    {notes.into_iter().map(|note| view! { <p class="notice">{note}</p> }).collect_view()}
                    {(!chosen.is_empty()).then(|| view! { <ul class="chosen">{chosen.into_iter().map(filter_link).collect_view()}</ul> })}
                    {is_empty.then(|| last_page.map_or_else(|| empty_notice(is_filtered, all, publish), last_page_link))}
                    {(!is_empty).then(|| view! { <AgentRows agents level=2/> })}
                    <PageLinks pages/>
                    <p class="note">{WORDS}</p>
                    </div>
                </div>
            </form>
        </main>
    }
    .into_any()
}

/// URL of the last page, for a page number beyond it.
fn last(pages: &Pages) -> Option<String> {
    pages.previous.clone().filter(|_| pages.is_past())
}

fn summary(total: u64, text: &str, pages: &Pages) -> String {
    let count = match total {
        0 => "No agents".to_owned(),
        1 => "1 agent".to_owned(),
        total => format!("{total} agents"),
    };
    let of_words = if text.is_empty() { String::new() } else { format!(" for “{text}”") };
    // Announced by screen readers when the list changes in place.
    let of_pages = if pages.page > 1 && !pages.is_past() {
        format!(", page {} of {}", pages.page, pages.count)
    } else {
        String::new()
    };
    format!("{count}{of_words}{of_pages}")
}

fn facet(facet: Facet) -> AnyView {
    let Facet { name, title, is_single, values, is_cut } = facet;
    let any = is_single.then(|| {
        let none = !values.iter().any(|value| value.is_chosen);
        let value = FacetValue { title: "Any".to_owned(), is_chosen: none, ..FacetValue::default() };
        choice(name, true, value)
    });
    view! {
        <fieldset>
            <legend>{title}</legend>
            {any}
            {values.into_iter().map(|value| choice(name, is_single, value)).collect_view()}
            {is_cut.then(|| view! { <p class="note">"Most frequent values only"</p> })}
        </fieldset>
    }
    .into_any()
}

fn choice(name: &'static str, is_single: bool, value: FacetValue) -> AnyView {
    let FacetValue { value, title, count, is_chosen } = value;
    let kind = if is_single { "radio" } else { "checkbox" };
    let number = (!value.is_empty()).then(|| view! { <span class="count">{count}</span> });
    view! {
        <label>
            <input type=kind name=name value=value checked=is_chosen/>
            <bdi>{title}</bdi>
            {number}
        </label>
    }
    .into_any()
}

fn sort(sorts: Vec<SortChoice>) -> AnyView {
    let options = sorts.into_iter().map(|sort| {
        view! { <option value=sort.value selected=sort.is_chosen>{sort.title}</option> }
    });
    view! {
        <label class="sort">"Sort by "<select name="sort" id="market--sort">{options.collect_view()}</select></label>
    }
    .into_any()
}

fn filter_link(chosen: Chosen) -> AnyView {
    let label = format!("Remove filter: {}", chosen.title);
    view! { <li><a href=chosen.removal_url aria-label=label rel="nofollow"><bdi>{chosen.title}</bdi></a></li> }
        .into_any()
}

fn empty_notice(is_filtered: bool, all: String, publish: Option<String>) -> AnyView {
    let words = if is_filtered { EMPTY } else { NONE };
    view! {
        <div class="nothing">
            <p>{words}</p>
            <p class="actions">
                {is_filtered.then(|| view! { <a class="button quiet" href=all>"All agents"</a> })}
                {publish.map(|href| view! { <a class="button quiet" href=href>"Publish an agent"</a> })}
            </p>
        </div>
    }
    .into_any()
}

fn last_page_link(last: String) -> AnyView {
    view! { <div class="nothing"><p class="actions"><a class="button quiet" href=last>{LAST}</a></p></div> }.into_any()
}

/// Markdown form: filters are listed with their parameter names.
pub(crate) fn markdown(list: &AgentList, frame: &Frame) -> String {
    let mut out = markdown::head("Marketplace", LEAD);
    let _ = write!(out, "{}\n\n", markdown::text(&summary(list.total, &list.text, &list.pages)));
    out.push_str(&stale::markdown(list.stale.as_ref()));
    for note in &list.notes {
        let _ = write!(out, "{}\n\n", markdown::text(note));
    }
    for Chosen { title, removal_url } in &list.chosen {
        let _ = writeln!(out, "- {}", markdown::link(frame, title, removal_url));
    }
    out.push('\n');
    if let Some(href) = last(&list.pages) {
        let _ = write!(out, "{}\n\n", markdown::link(frame, LAST, &href));
    } else if list.agents.is_empty() {
        let is_filtered = !list.chosen.is_empty() || !list.text.is_empty();
        let _ = write!(out, "{}\n\n", if is_filtered { EMPTY } else { NONE });
        if is_filtered {
            let _ = write!(out, "{}\n\n", markdown::link(frame, "All agents", &list.all));
        }
        if let Some(href) = &list.publish {
            let _ = write!(out, "{}\n\n", markdown::link(frame, "Publish an agent", href));
        }
    }
    // Before the agents, so that a partial read shows that there are more pages.
    out.push_str(&agents::pages_markdown(frame, &list.pages));
    out.push_str(&agents::markdown(frame, &list.agents, 2));
    let _ = write!(out, "{WORDS}\n\n## Filters\n\n");
    let _ = write!(
        out,
        "Parameters of `{}`: `q` (search text), `sort`, `page`, and these:\n\n",
        markdown::absolute(frame, &list.action)
    );
    for facet in &list.facets {
        let _ = writeln!(out, "- {} (`{}`)", facet.title, facet.name);
        for value in &facet.values {
            let (title, shown) = (
                markdown::text(&value.title),
                if value.title == value.value { String::new() } else { format!(" `{}`", value.value) },
            );
            let chosen = if value.is_chosen { ", selected" } else { "" };
            let _ = writeln!(out, "  - {title}{shown} {}{chosen}", value.count);
        }
    }
    out
}
