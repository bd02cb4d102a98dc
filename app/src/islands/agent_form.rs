//! The first form of sign-up: checked while it is filled, by the rules that the server checks it with again. It is sent as it
//! is without script: to the same address, with the same answer.

mod form_field;
mod line;

use leptos::html::Div;
use leptos::prelude::*;

use form_field::{FormField, presses};
use line::{Line, line, problem};

use crate::model::onboarding::{AgentFields, AgentProblems, LONGEST_NAME, SUGGESTED, TYPES, capabilities};

const NAME: Line = Line {
    placeholder: "Invoice screener",
    is_required: true,
    most: Some(LONGEST_NAME),
    ..Line::text("start--name", "name", "Name")
};
const CAPABILITIES: Line = Line {
    begins: "They ",
    placeholder: "invoices:read, invoices:flag",
    is_required: true,
    list: Some("start--suggested"),
    note: "What and which action, separated by commas: documents:read.",
    ..Line::text("start--capabilities", "capabilities", "What it can do")
};
const ORGANIZATION: Line = Line {
    autocomplete: "organization",
    most: Some(LONGEST_NAME),
    ..Line::text("start--organization", "organization", "Your organization")
};
const EMAIL: Line = Line {
    kind: "email",
    autocomplete: "email",
    note: "With one, nothing ends after 72 hours. It can be given later.",
    ..Line::text("start--email", "email", "Your address")
};

/// The form, with what was typed and what is wrong with it.
#[island]
pub fn AgentForm(
    /// Where it is sent.
    action: String,
    /// What makes sending it twice the same as sending it once.
    form_key: String,
    /// What was typed.
    fields: AgentFields,
    /// What is wrong with it.
    problems: AgentProblems,
    /// Whether an organization is there already, which gets another agent.
    has_organization: bool,
) -> impl IntoView {
    let has_more = !(fields.email.is_empty() && fields.organization.is_empty())
        || problems.email.is_some()
        || problems.organization.is_some();
    let chosen = if fields.agent_type.is_empty() { TYPES[0].0.to_owned() } else { fields.agent_type };
    let slot = |value: String, problem: Option<String>| FormField::new(value, problem);
    let name = slot(fields.name, problems.name);
    let kind = slot(chosen.clone(), problems.agent_type);
    let able = slot(fields.capabilities, problems.capabilities);
    let organization = slot(fields.organization, problems.organization);
    let email = slot(fields.email, problems.email);
    let live = Memo::new(move |_| {
        let fields = AgentFields {
            name: name.value.get(),
            agent_type: kind.value.get(),
            capabilities: able.value.get(),
            organization: organization.value.get(),
            email: email.value.get(),
        };
        fields.problems()
    });
    // What is said of each field: what the server said, until the field is changed; after that what is wrong now, once its
    // reader has left it.
    let said = Memo::new(move |_| {
        let live = live.get();
        AgentProblems {
            name: name.said(live.name),
            agent_type: kind.said(live.agent_type),
            capabilities: able.said(live.capabilities),
            organization: organization.said(live.organization),
            email: email.said(live.email),
        }
    });
    let is_alive = RwSignal::new(false);
    let is_summed = RwSignal::new(!said.with_untracked(AgentProblems::is_none));
    let summary = NodeRef::<Div>::new();
    let is_pressed = presses([name, able, organization, email]);
    // Effects run in the browser alone.
    Effect::new(move || {
        for slot in [name, able, organization, email] {
            slot.read();
        }
        is_alive.set(true);
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        if live.with_untracked(AgentProblems::is_none) {
            return;
        }
        event.prevent_default();
        for slot in [name, kind, able, organization, email] {
            slot.is_left.set(true);
        }
        is_summed.set(true);
        // What is still hidden takes no focus.
        request_animation_frame(move || {
            if let Some(summary) = summary.get_untracked() {
                let _ = summary.focus();
            }
        });
    };
    let listed = move || {
        let all = said
            .with(|said| said.listed().map(|(field, problem)| (titled(field), problem.to_owned())).collect::<Vec<_>>());
        all.into_iter()
            .map(
                |((title, id), problem)| view! { <li><a href=format!("#{id}")>{format!("{title} {problem}")}</a></li> },
            )
            .collect_view()
    };
    let types = TYPES.map(|(value, title)| view! { <option value=value selected=value == chosen>{title}</option> });
    let suggested = SUGGESTED.map(|value| view! { <option value=value></option> });
    view! {
        <form class="start-form" method="post" action=action novalidate=move || is_alive.get() on:submit=submit
            data-ready=move || is_alive.get().then_some("true")>
            <div class="notice bad" role="alert" tabindex="-1" id="start--problems" node_ref=summary
                autofocus=is_summed.get_untracked()
                hidden=move || !is_summed.get() || said.with(AgentProblems::is_none)>
                <p>"The agent was not made yet. What you typed is still here."</p>
                <ul>{listed}</ul>
            </div>
            <input type="hidden" name="key" value=form_key/>
            // That it is meant for an organization: it is not to end up in another one because that session is over.
            {has_organization.then(|| view! { <input type="hidden" name="another" value="yes"/> })}
            {line(NAME, name, is_pressed, move || said.get().name)}
            <label for="start--type">"What it mostly does"</label>
            <select id="start--type" name="agent_type" aria-describedby="start--type-problem"
                aria-invalid=move || said.with(|said| said.agent_type.is_some()).then_some("true")
                on:change=move |event| kind.value.set(event_target_value(&event))>{types.collect_view()}</select>
            {problem("start--type-problem", "It ", move || said.get().agent_type)}
            {line(CAPABILITIES, able, is_pressed, move || said.get().capabilities)}
            <datalist id="start--suggested">{suggested.collect_view()}</datalist>
            {chips(able, is_alive)}
            <details class="fold" open=has_more hidden=has_organization>
                <summary>"Give an address now"</summary>
                <div>
                    {line(ORGANIZATION, organization, is_pressed, move || said.get().organization)}
                    {line(EMAIL, email, is_pressed, move || said.get().email)}
                </div>
            </details>
            // People never see it; programs that fill all there is do.
            <div hidden>
                <label for="start--website">"Leave this empty"</label>
                <input id="start--website" name="website" type="text" tabindex="-1" autocomplete="off"/>
            </div>
            <p class="actions"><button class="button" type="submit">"Make the agent"</button></p>
        </form>
    }
}

/// Suggestions to press: each is added to what is typed. Without script there are those of the field itself.
fn chips(able: FormField, is_alive: RwSignal<bool>) -> impl IntoView {
    let add = move |word: &'static str| {
        let text = able.value.get_untracked();
        if capabilities(&text).iter().any(|one| one == word) {
            return;
        }
        let start = text.trim().trim_end_matches([',', ';']);
        able.write(if start.is_empty() { word.to_owned() } else { format!("{start}, {word}") });
    };
    let chips = SUGGESTED.map(|word| {
        view! { <button type="button" class="chip" on:click=move |_| add(word)>{word}</button> }
    });
    view! {
        <div class="chips" role="group" aria-label="Suggestions" hidden=move || !is_alive.get()>{chips.collect_view()}</div>
    }
}

/// What a field is called in the summary, and where it is.
fn titled(field: &str) -> (&'static str, &'static str) {
    match field {
        "name" => ("The name", "start--name"),
        "type" => ("The type", "start--type"),
        "capabilities" => ("The capabilities", "start--capabilities"),
        "organization" => ("The organization’s name", "start--organization"),
        _ => ("The address", "start--email"),
    }
}
