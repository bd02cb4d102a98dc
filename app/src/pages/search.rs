//! Search page. Works without script.

use leptos::prelude::*;

use crate::components::marked::{marked, strong};
use crate::markdown;
use crate::model::{Frame, Link, SearchGroup, SearchHit, SearchPage as Model, SearchPassage, SearchResults};

/// Search field and results, grouped by kind.
#[component]
pub(crate) fn SearchPage(search: Model) -> impl IntoView {
    let Model { query, action, results, elsewhere } = search;
    let summary = query.as_deref().map(|query| summary(query, &results));
    let is_empty = query.is_some() && results.groups.is_empty();
    let SearchResults { groups, near, .. } = results;
    view! {
        <main id="page--main" class="single">
            <h1>"Search"</h1>
            <form class="search-form" method="get" action=action role="search">
                <label for="page--query">"Search the docs"</label>
                <div class="field">
                    <input id="page--query" name="q" type="search" value=query.unwrap_or_default() maxlength="200"
                        autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"/>
                    <button class="button" type="submit">"Search"</button>
                </div>
            </form>
            {summary.map(|summary| view! { <p class="found" role="status">{summary}</p> })}
            {groups.into_iter().map(group).collect_view()}
            {is_empty.then(|| empty_notice(near, elsewhere))}
        </main>
    }
    .into_any()
}

fn summary(query: &str, results: &SearchResults) -> String {
    let shown: usize = results.groups.iter().map(|group| group.hits.len()).sum();
    match results.count {
        0 if query.trim().is_empty() => "Enter at least one word.".to_owned(),
        0 => format!("No results for “{query}”."),
        1 => format!("1 result for “{query}”"),
        count if shown < count => format!("Top {shown} of {count} results for “{query}”"),
        count => format!("{count} results for “{query}”"),
    }
}

fn group(group: SearchGroup) -> AnyView {
    view! {
        <section class="results">
            <h2>{group.title}</h2>
            <ol>{group.hits.into_iter().map(hit).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn hit(hit: SearchHit) -> AnyView {
    let SearchHit { title, href, trail, excerpt, passages } = hit;
    let passages =
        (!passages.is_empty()).then(|| view! { <ul>{passages.into_iter().map(passage).collect_view()}</ul> });
    view! {
        <li>
            <h3><a href=href>{marked(title)}</a></h3>
            {(!trail.is_empty()).then(|| view! { <p class="trail">{trail}</p> })}
            {(!excerpt.is_empty()).then(|| view! { <p>{marked(excerpt)}</p> })}
            {passages}
        </li>
    }
    .into_any()
}

fn passage(passage: SearchPassage) -> AnyView {
    let SearchPassage { heading, href, excerpt } = passage;
    view! {
        <li>
            <a href=href>{marked(heading)}</a>
            {(!excerpt.is_empty()).then(|| view! { <p>{marked(excerpt)}</p> })}
        </li>
    }
    .into_any()
}

fn empty_notice(near: Vec<Link>, elsewhere: Vec<Link>) -> AnyView {
    let list = |links: Vec<Link>| {
        let rows = links.into_iter().map(|Link { title, href }| view! { <li><a href=href>{title}</a></li> });
        view! { <ul class="plain">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="results nothing">
            {(!near.is_empty()).then(|| view! { <h2>"Similar searches"</h2> {list(near)} })}
            <h2>"Need more help?"</h2>
            {list(elsewhere)}
        </section>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(search: &Model, frame: &Frame) -> String {
    let mut out = markdown::head("Search", "");
    let Some(query) = &search.query else {
        return out + "Request `?q=` followed by words.\n";
    };
    out.push_str(&format!("{}\n\n", markdown::text(&summary(query, &search.results))));
    for SearchGroup { title, hits } in &search.results.groups {
        out.push_str(&format!("## {}\n\n", markdown::text(title)));
        for hit in hits {
            out.push_str(&format!("### [{}]({})\n\n", strong(&hit.title), markdown::absolute(frame, &hit.href)));
            for text in [markdown::text(&hit.trail), strong(&hit.excerpt)].into_iter().filter(|text| !text.is_empty()) {
                out.push_str(&format!("{text}\n\n"));
            }
            for SearchPassage { heading, href, excerpt } in &hit.passages {
                let link = format!("[{}]({})", strong(heading), markdown::absolute(frame, href));
                out.push_str(&format!("- {link}\n  {}\n", strong(excerpt)));
            }
            out.push('\n');
        }
    }
    if search.results.groups.is_empty() {
        let line = |link: &Link| format!("- {}\n", markdown::link(frame, &link.title, &link.href));
        let list = |links: &[Link]| links.iter().map(line).collect::<Vec<_>>().concat();
        if !search.results.near.is_empty() {
            out.push_str(&format!("## Similar searches\n\n{}\n", list(&search.results.near)));
        }
        out.push_str(&format!("## Need more help?\n\n{}", list(&search.elsewhere)));
    }
    out
}
