//! The first form.

use leptos::prelude::*;

use crate::islands::agent_form::AgentForm;
use crate::model::Link;
use crate::model::onboarding::Start;

const LEAD: &str = "One button makes an agent with a DID, and a credential that works at once. No mail and no password: you decide within 72 hours whether to keep it.";
const KEEP: &str = "Keep it";
/// What comes after the form.
const STEPS: [(&str, &str); 4] = [
    ("Its credential", "Shown once, to copy or to keep as a file."),
    ("The first call", "A token and a call from your terminal. This page sees it come."),
    (KEEP, "Give an address, and the organization is yours."),
    ("Publish it", "It stands in the marketplace, if you want that."),
];

/// The same for who has an organization already.
const MORE: &str = "One button makes an agent with a DID, and a credential that works at once.";

/// The form, and what comes after it.
#[component]
pub(super) fn StartPage(start: Start) -> impl IntoView {
    let Start { action, key, fields, problems, notice, has_organization, verified, recover, explained } = start;
    let lead = if has_organization { MORE } else { LEAD };
    let is_kept = verified.is_some();
    let steps = STEPS.into_iter().filter(move |(title, _)| !is_kept || *title != KEEP);
    view! {
        <main id="page--main" class="single started">
            <h1>"Get started"</h1>
            <p class="lead">{lead}</p>
            {notice.map(|notice| view! { <p class="notice bad" role="alert">{notice}</p> })}
            {verified.map(|email| view! { <p class="arrived" role="status" id="started--keep">"The organization is yours: "<bdi>{email}</bdi>" is confirmed. Make its first agent."</p> })}
            <ol class="stages">
                <li class="now" aria-current="step">
                    <h2>"Your first agent"</h2>
                    <AgentForm action form_key=key fields problems has_organization/>
                </li>
                {steps.map(|(title, text)| view! { <li><h2>{title}</h2><p>{text}</p></li> }).collect_view()}
            </ol>
            <p class="note">
                "A program can do all of this by itself: the page’s Markdown form says how. "
                <a href=recover>"Replace a lost secret"</a>
                {explained.into_iter().map(|Link { title, href }| view! { ", "<a href=href>{title}</a> }).collect_view()}
            </p>
        </main>
    }
    .into_any()
}
