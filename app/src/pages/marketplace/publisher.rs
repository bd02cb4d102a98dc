//! Publisher page.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::agents::{self, AgentRows, PageLinks};
use crate::components::crumbs::Crumbs;
use crate::components::stale::{self, StaleNotice};
use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::PublisherPage as Model;

const SEARCH: &str = "Search these agents";

fn lead(publisher: &Model) -> String {
    let count = match publisher.total {
        1 => "1 agent".to_owned(),
        total => format!("{total} agents"),
    };
    format!(
        "{count} in the marketplace. Publisher since {}. The organization’s email address is confirmed; other verifications are shown at each agent.",
        publisher.since
    )
}

/// Name, date of the first publication, agents.
#[component]
pub(crate) fn PublisherPage(publisher: Model) -> impl IntoView {
    let lead = lead(&publisher);
    let Model { crumbs, name, agents, pages, search, stale, .. } = publisher;
    view! {
        <main id="page--main" class="single wide">
            <Crumbs crumbs/>
            <h1 class="said"><bdi>{name}</bdi></h1>
            <p class="lead">{lead}</p>
            <StaleNotice stale/>
            <AgentRows agents level=2/>
            <PageLinks pages/>
            <p><a href=search rel="nofollow">{SEARCH}</a></p>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(publisher: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(&publisher.name, &lead(publisher));
    out.push_str(&stale::markdown(publisher.stale.as_ref()));
    out.push_str(&agents::pages_markdown(frame, &publisher.pages));
    out.push_str(&agents::markdown(frame, &publisher.agents, 2));
    let _ = writeln!(out, "{}", markdown::link(frame, SEARCH, &publisher.search));
    out
}
