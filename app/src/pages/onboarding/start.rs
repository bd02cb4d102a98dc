//! The "Create agent" form of `/get-started`.

use leptos::prelude::*;

use crate::islands::agent_form::{AgentForm, NOTES};
use crate::model::Link;
use crate::model::onboarding::Start;

const LEAD: &str = "Create an agent with a DID and a working credential. No email or password required. Claim it within 72 hours to keep it.";
const CLAIM: &str = "Claim your organization";
/// Steps after the form.
const STEPS: [(&str, &str); 4] = [
    ("Save the credential", "Copy the client secret or download a file. It is shown once."),
    ("Make your first call", "Run one command. This page updates when the call arrives."),
    (CLAIM, "Enter your email address and open the link we send."),
    ("Publish (optional)", "List the agent in the marketplace."),
];

/// Lead for readers who have an organization.
const MORE: &str = "Create an agent with a DID and a working credential.";

/// The form and the steps after it in words, for readers of the Markdown who help a person.
pub(super) fn markdown() -> String {
    let notes = NOTES.map(|(title, note)| format!("   - {title}: {note}\n")).concat();
    let step = |(number, (title, text))| format!("{number}. {title}: {text}\n");
    let steps: Vec<String> = (2..).zip(STEPS).map(step).collect();
    let steps = steps.concat();
    format!("## In a browser\n\n{LEAD}\n\n1. Create an agent: name, type and capabilities.\n{notes}{steps}")
}

/// Form and the steps after it.
#[component]
pub(super) fn StartPage(start: Start) -> impl IntoView {
    let Start { action, key, fields, problems, notice, has_organization, verified, recover, explained } = start;
    let lead = if has_organization { MORE } else { LEAD };
    let is_claimed = verified.is_some();
    let steps = STEPS.into_iter().filter(move |(title, _)| !is_claimed || *title != CLAIM);
    view! {
        <main id="page--main" class="single started">
            <h1>"Get started"</h1>
            <p class="lead">{lead}</p>
            {notice.map(|notice| view! { <p class="notice bad" role="alert">{notice}</p> })}
            {verified.map(|email| view! { <p class="arrived" role="status" id="started--keep">"Organization claimed. Owner: "<bdi>{email}</bdi>" (confirmed). Create its first agent."</p> })}
            <ol class="stages">
                <li class="now" aria-current="step">
                    <h2>"Create an agent"</h2>
                    <AgentForm action form_key=key fields problems has_organization/>
                </li>
                {steps.map(|(title, text)| view! { <li><h2>{title}</h2><p>{text}</p></li> }).collect_view()}
            </ol>
            <p class="note">
                "Programs can do all of this through the API: see this page as Markdown. "
                <a href=recover>"Replace a lost secret"</a>
                {explained.into_iter().map(|Link { title, href }| view! { ", "<a href=href>{title}</a> }).collect_view()}
            </p>
        </main>
    }
    .into_any()
}
