//! The first form.

use leptos::prelude::*;

use crate::model::Link;
use crate::model::onboarding::{LONGEST_NAME, SUGGESTED, Start, TYPES};

const LEAD: &str = "One button makes an agent with a DID, and a credential that works at once. No mail and no password: you decide within 72 hours whether to keep it.";
/// What comes after the form.
const STEPS: [(&str, &str); 4] = [
    ("Its credential", "Shown once, to copy or to keep as a file."),
    ("The first call", "A token and a call from your terminal. This page sees it come."),
    ("Keep it", "Give an address, and the organization is yours."),
    ("Publish it", "It stands in the marketplace, if you want that."),
];

/// The form, and what comes after it.
#[component]
pub(super) fn StartPage(start: Start) -> impl IntoView {
    let Start { action, key, fields, problems, notice, has_organization, recover, explained } = start;
    let listed: Vec<(&'static str, String)> =
        problems.listed().map(|(field, problem)| (field, problem.to_owned())).collect();
    let summary = (!listed.is_empty()).then(|| {
        let one = |(field, problem): (&'static str, String)| {
            let (title, id) = titled(field);
            view! { <li><a href=format!("#{id}")>{format!("{title} {problem}")}</a></li> }
        };
        view! {
            <div class="notice bad" role="alert" tabindex="-1" id="start--problems">
                <p>"The agent was not made yet. What you typed is still here."</p>
                <ul>{listed.into_iter().map(one).collect_view()}</ul>
            </div>
        }
    });
    let (name, kind, capabilities, organization, email) =
        (problems.name, problems.agent_type, problems.capabilities, problems.organization, problems.email);
    let has_more =
        !fields.email.is_empty() || !fields.organization.is_empty() || organization.is_some() || email.is_some();
    let chosen = if fields.agent_type.is_empty() { TYPES[0].0.to_owned() } else { fields.agent_type };
    let types = TYPES.map(|(value, title)| view! { <option value=value selected=value == chosen>{title}</option> });
    let suggested = SUGGESTED.map(|value| view! { <option value=value></option> });
    view! {
        <main id="page--main" class="single started">
            <h1>"Get started"</h1>
            <p class="lead">{LEAD}</p>
            {notice.map(|notice| view! { <p class="notice bad" role="alert">{notice}</p> })}
            {summary}
            <ol class="stages">
                <li class="now" aria-current="step">
                    <h2>"Your first agent"</h2>
                    <form class="start-form" method="post" action=action>
                        <input type="hidden" name="key" value=key/>
                        <label for="start--name">"Name"</label>
                        <input id="start--name" name="name" type="text" value=fields.name required maxlength=LONGEST_NAME.to_string()
                            placeholder="Invoice screener" autocomplete="off" aria-invalid=name.is_some().then_some("true")
                            aria-describedby="start--name-problem"/>
                        {problem("start--name-problem", "It ", name)}
                        <label for="start--type">"What it mostly does"</label>
                        <select id="start--type" name="agent_type" aria-invalid=kind.is_some().then_some("true")
                            aria-describedby="start--type-problem">{types.collect_view()}</select>
                        {problem("start--type-problem", "It ", kind)}
                        <label for="start--capabilities">"What it can do"</label>
                        <input id="start--capabilities" name="capabilities" type="text" value=fields.capabilities required
                            list="start--suggested" placeholder="invoices:read, invoices:flag" autocomplete="off" autocapitalize="none"
                            spellcheck="false" aria-invalid=capabilities.is_some().then_some("true")
                            aria-describedby="start--capabilities-problem start--capabilities-note"/>
                        <datalist id="start--suggested">{suggested.collect_view()}</datalist>
                        {problem("start--capabilities-problem", "They ", capabilities)}
                        <p class="note" id="start--capabilities-note">"What and which action, separated by commas: "<code>"documents:read"</code>"."</p>
                        <details class="fold" open=has_more hidden=has_organization>
                            <summary>"Give an address now"</summary>
                            <div>
                            <label for="start--organization">"Your organization"</label>
                            <input id="start--organization" name="organization" type="text" value=fields.organization maxlength=LONGEST_NAME.to_string()
                                autocomplete="organization" aria-invalid=organization.is_some().then_some("true")
                                aria-describedby="start--organization-problem"/>
                            {problem("start--organization-problem", "It ", organization)}
                            <label for="start--email">"Your address"</label>
                            <input id="start--email" name="email" type="email" value=fields.email autocomplete="email"
                                aria-invalid=email.is_some().then_some("true") aria-describedby="start--email-problem start--email-note"/>
                            {problem("start--email-problem", "It ", email)}
                            <p class="note" id="start--email-note">"With one, nothing ends after 72 hours. It can be given later."</p>
                            </div>
                        </details>
                        // People never see it; programs that fill all there is do.
                        <div hidden>
                            <label for="start--website">"Leave this empty"</label>
                            <input id="start--website" name="website" type="text" tabindex="-1" autocomplete="off"/>
                        </div>
                        <p class="actions"><button class="button" type="submit">"Make the agent"</button></p>
                    </form>
                </li>
                {STEPS.map(|(title, text)| view! { <li><h2>{title}</h2><p>{text}</p></li> }).collect_view()}
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

fn titled(field: &str) -> (&'static str, &'static str) {
    match field {
        "name" => ("The name", "start--name"),
        "type" => ("The type", "start--type"),
        "capabilities" => ("The capabilities", "start--capabilities"),
        "organization" => ("The organization’s name", "start--organization"),
        _ => ("The address", "start--email"),
    }
}

/// What is wrong with a field, beside it.
fn problem(id: &'static str, begins: &'static str, text: Option<String>) -> AnyView {
    text.map(|text| view! { <p class="problem" id=id>{begins}{text}"."</p> }).into_any()
}
