//! The "Create agent" form: validated while typing, by the rules that the server applies again. The island changes nothing
//! about submission: the form posts to the same URL as without script.

mod form_field;
mod line;

use domain::agent::TextForm as _;
use leptos::html::Div;
use leptos::prelude::*;

use form_field::{FormField, presses};
use line::{Line, line, problem};

use crate::model::onboarding::{AgentFields, AgentProblems, LONGEST_NAME, SUGGESTED, TYPES, capabilities};

const NAME: Line = Line {
    placeholder: "Invoice screener",
    is_required: true,
    max_length: Some(LONGEST_NAME),
    ..Line::text("start--name", "name", "Name")
};
const CAPABILITIES: Line = Line {
    placeholder: "invoices:read, invoices:flag",
    is_required: true,
    list: Some("start--suggested"),
    note: "Use resource:action, separated by commas. Example: invoices:read, invoices:flag",
    ..Line::text("start--capabilities", "capabilities", "Capabilities")
};
const ORGANIZATION: Line = Line {
    autocomplete: "organization",
    max_length: Some(LONGEST_NAME),
    ..Line::text("start--organization", "organization", "Organization name")
};
const EMAIL: Line = Line {
    kind: "email",
    autocomplete: "email",
    note: "With a confirmed email address, your organization doesn’t expire. You can add one later.",
    ..Line::text("start--email", "email", "Email address")
};

/// Title of the optional fields.
const ADD_EMAIL: &str = "Add your email (optional)";

/// Notes of fields with their titles, for the page as Markdown.
pub(crate) const NOTES: [(&str, &str); 2] = [(CAPABILITIES.label, CAPABILITIES.note), (ADD_EMAIL, EMAIL.note)];

/// Form with its values and problems.
#[island]
pub fn AgentForm(
    /// Form action URL.
    action: String,
    /// Idempotency key: submitting twice creates one agent.
    form_key: String,
    /// Submitted values.
    fields: AgentFields,
    /// Problems found by the server.
    problems: AgentProblems,
    /// True where the agent is added to an existing organization.
    has_organization: bool,
) -> impl IntoView {
    let has_more = !(fields.email.is_empty() && fields.organization.is_empty())
        || problems.email.is_some()
        || problems.organization.is_some();
    let chosen = if fields.agent_type.is_empty() { TYPES[0].0.as_str().to_owned() } else { fields.agent_type };
    let field = |value: String, problem: Option<String>| FormField::new(value, problem);
    let name = field(fields.name, problems.name);
    let kind = field(chosen.clone(), problems.agent_type);
    let capability_list = field(fields.capabilities, problems.capabilities);
    let organization = field(fields.organization, problems.organization);
    let email = field(fields.email, problems.email);
    let live = Memo::new(move |_| {
        let fields = AgentFields {
            name: name.value.get(),
            agent_type: kind.value.get(),
            capabilities: capability_list.value.get(),
            organization: organization.value.get(),
            email: email.value.get(),
        };
        fields.problems()
    });
    // Problem shown for each field: the server's until the field changes, then the current one once the field loses focus.
    let shown_problems = Memo::new(move |_| {
        let live = live.get();
        AgentProblems {
            name: name.shown_problem(live.name),
            agent_type: kind.shown_problem(live.agent_type),
            capabilities: capability_list.shown_problem(live.capabilities),
            organization: organization.shown_problem(live.organization),
            email: email.shown_problem(live.email),
        }
    });
    let is_hydrated = RwSignal::new(false);
    let shows_summary = RwSignal::new(!shown_problems.with_untracked(AgentProblems::is_none));
    let summary = NodeRef::<Div>::new();
    let is_pressed = presses([name, capability_list, organization, email]);
    // Effects run in the browser only.
    Effect::new(move || {
        for field in [name, capability_list, organization, email] {
            field.read();
        }
        is_hydrated.set(true);
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        if live.with_untracked(AgentProblems::is_none) {
            return;
        }
        event.prevent_default();
        for field in [name, kind, capability_list, organization, email] {
            field.was_blurred.set(true);
        }
        shows_summary.set(true);
        // A hidden element can't take the focus.
        request_animation_frame(move || {
            if let Some(summary) = summary.get_untracked() {
                let _ = summary.focus();
            }
        });
    };
    let listed = move || {
        let all = shown_problems.with(|problems| {
            problems.listed().map(|(field, problem)| (field_id(field), problem.to_owned())).collect::<Vec<_>>()
        });
        all.into_iter().map(|(id, problem)| view! { <li><a href=format!("#{id}")>{problem}</a></li> }).collect_view()
    };
    let types = TYPES.map(|(kind, title)| {
        let value = kind.as_str();
        view! { <option value=value selected=value == chosen>{title}</option> }
    });
    let suggested = SUGGESTED.map(|value| view! { <option value=value></option> });
    view! {
        <form class="start-form" method="post" action=action novalidate=move || is_hydrated.get() on:submit=submit
            data-ready=move || is_hydrated.get().then_some("true")>
            <div class="notice bad" role="alert" tabindex="-1" id="start--problems" node_ref=summary
                autofocus=shows_summary.get_untracked()
                hidden=move || !shows_summary.get() || shown_problems.with(AgentProblems::is_none)>
                <p>"We couldn’t create the agent. Fix the fields below and try again."</p>
                <ul>{listed}</ul>
            </div>
            <input type="hidden" name="key" value=form_key/>
            // Marks the agent as meant for an existing organization, so that an expired session doesn't create another
            // one.
            {has_organization.then(|| view! { <input type="hidden" name="another" value="yes"/> })}
            {line(NAME, name, is_pressed, move || shown_problems.get().name)}
            <label for="start--type">"Type"</label>
            <select id="start--type" name="agent_type" aria-describedby="start--type-problem"
                aria-invalid=move || shown_problems.with(|problems| problems.agent_type.is_some()).then_some("true")
                on:change=move |event| kind.value.set(event_target_value(&event))>{types.collect_view()}</select>
            {problem("start--type-problem", move || shown_problems.get().agent_type)}
            {line(CAPABILITIES, capability_list, is_pressed, move || shown_problems.get().capabilities)}
            <datalist id="start--suggested">{suggested.collect_view()}</datalist>
            {chips(capability_list, is_hydrated)}
            <details class="fold" open=has_more hidden=has_organization>
                <summary>{ADD_EMAIL}</summary>
                <div>
                    {line(ORGANIZATION, organization, is_pressed, move || shown_problems.get().organization)}
                    {line(EMAIL, email, is_pressed, move || shown_problems.get().email)}
                </div>
            </details>
            // Honeypot: invisible to people, filled by bots.
            <div hidden>
                <label for="start--website">"Leave this empty"</label>
                <input id="start--website" name="website" type="text" tabindex="-1" autocomplete="off"/>
            </div>
            <p class="actions"><button class="button" type="submit">"Create agent"</button></p>
        </form>
    }
}

/// Suggested capabilities as buttons, appended to the field. Without script, the field's own `datalist` suggests them.
fn chips(field: FormField, is_hydrated: RwSignal<bool>) -> impl IntoView {
    let add = move |word: &'static str| {
        let text = field.value.get_untracked();
        if capabilities(&text).iter().any(|one| one == word) {
            return;
        }
        let start = text.trim().trim_end_matches([',', ';']);
        field.write(if start.is_empty() { word.to_owned() } else { format!("{start}, {word}") });
    };
    let chips = SUGGESTED.map(|word| {
        view! { <button type="button" class="chip" on:click=move |_| add(word)>{word}</button> }
    });
    view! {
        <div class="chips" role="group" aria-label="Suggestions" hidden=move || !is_hydrated.get()>{chips.collect_view()}</div>
    }
}

/// Element ID of a field, for the links of the summary.
fn field_id(field: &str) -> &'static str {
    match field {
        "name" => "start--name",
        "type" => "start--type",
        "capabilities" => "start--capabilities",
        "organization" => "start--organization",
        _ => "start--email",
    }
}
