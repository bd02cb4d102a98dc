//! Rows of agents.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::rosette::Rosette;
use super::stamp::{self, stamps};
use crate::markdown;
use crate::model::marketplace::{AgentRow, Pages};
use crate::model::{Frame, Link, Rosette as Lines};

const FLAGGED: &str = "Flagged by the operator.";

/// Ruled list of agents. `level` is the heading level of the names: 2 or 3.
#[component]
pub(crate) fn AgentRows(agents: Vec<AgentRow>, level: u8) -> impl IntoView {
    view! { <ol class="agents">{agents.into_iter().map(|row| agent(row, level)).collect_view()}</ol> }.into_any()
}

fn agent(row: AgentRow, level: u8) -> AnyView {
    let AgentRow { name, href, did, publisher, description, capabilities, more, claims, more_claims, is_flagged } = row;
    let title = view! {
        <a href=href><bdi>{name}</bdi></a>
        " "<a class="by" href=publisher.href><bdi>{publisher.title}</bdi></a>
    };
    let title = if level == 2 { view! { <h2>{title}</h2> }.into_any() } else { view! { <h3>{title}</h3> }.into_any() };
    let tags = capabilities.into_iter().map(|Link { title, href }| {
        view! { <li><a href=href rel="nofollow">{title}</a></li>" " }
    });
    let tags = tags.collect_view();
    view! {
        <li>
            <Rosette lines=Lines::of(&did, false)/>
            <div class="agent-text">
                {title}
                {is_flagged.then(|| view! { <p class="warning">{FLAGGED}</p> })}
                {(!description.is_empty()).then(|| view! { <p dir="auto">{description}</p> })}
                <ul class="tags">{tags}{(more > 0).then(|| view! { <li>{format!("{more} more")}</li> })}</ul>
            </div>
            {stamps(&claims, more_claims)}
        </li>
    }
    .into_any()
}

/// Markdown form of the rows.
pub(crate) fn markdown(frame: &Frame, agents: &[AgentRow], level: u8) -> String {
    let mut out = String::new();
    for row in agents {
        let marks = if level == 2 { "##" } else { "###" };
        let (name, by) = (
            markdown::link(frame, &row.name, &row.href),
            markdown::link(frame, &row.publisher.title, &row.publisher.href),
        );
        let _ = write!(out, "{marks} {name} {by}\n\n");
        if row.is_flagged {
            let _ = write!(out, "{FLAGGED}\n\n");
        }
        if !row.description.is_empty() {
            let _ = write!(out, "> {}\n\n", markdown::text(&row.description));
        }
        for Link { title, href } in &row.capabilities {
            let _ = writeln!(out, "- {}", markdown::link(frame, title, href));
        }
        if row.more > 0 {
            let _ = writeln!(out, "- {} more", row.more);
        }
        let _ = write!(out, "\n{}\n\n", stamp::line(&row.claims, row.more_claims));
    }
    out
}

/// Links to the previous and the next page of results.
#[component]
pub(crate) fn PageLinks(pages: Pages) -> impl IntoView {
    (pages.count > 1 && !pages.is_past()).then(|| {
        let Pages { page, count, previous, next } = pages;
        view! {
            <nav class="pages" aria-label="Results pages">
                {previous.map(|href| view! { <a href=href rel="prev">"Previous"</a> })}
                <span>{format!("Page {page} of {count}")}</span>
                {next.map(|href| view! { <a href=href rel="next">"Next"</a> })}
            </nav>
        }
    })
}

/// Markdown form of the page links.
pub(crate) fn pages_markdown(frame: &Frame, pages: &Pages) -> String {
    if pages.count <= 1 || pages.is_past() {
        return String::new();
    }
    let link = |title: &str, href: &Option<String>| href.as_ref().map(|href| markdown::link(frame, title, href));
    let here = format!("Page {} of {}", pages.page, pages.count);
    let parts = [link("Previous", &pages.previous), Some(here), link("Next", &pages.next)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ") + "\n\n"
}
