//! Single-form pages: what they are about, a few fields, and a button.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::field::{Input, field};
use crate::components::secret::{ORGANIZATION, secret};
use crate::components::summary::summary;
use crate::markdown;
use crate::model::onboarding::{Choice, FormPage as Model, FormState, OpenForm};
use crate::model::{Frame, Link};

const EMAIL: Input = Input::email("form--email");

/// Single-form page.
#[component]
pub(crate) fn FormPage(form: Model) -> impl IntoView {
    let Model { title, text, state, links } = form;
    let mut text = text.into_iter();
    let lead = text.next();
    let state = match state {
        FormState::Message => None,
        FormState::Secret(shown) => Some(secret(&shown, ORGANIZATION)),
        FormState::Open(form) => Some(open_form(*form)),
    };
    view! {
        <main id="page--main" class="single started">
            <h1>{title}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {state}
            {text.map(|text| view! { <p class="note">{text}</p> }).collect_view()}
            {links.into_iter().map(|Link { title, href }| view! { <p class="note"><a href=href>{title}</a></p> }).collect_view()}
        </main>
    }
    .into_any()
}

fn open_form(form: OpenForm) -> AnyView {
    let OpenForm { action, key, facts, hidden_fields, markers, email, choice, checkbox, button, other, notice } = form;
    let fact = |(label, value): (&'static str, String)| view! { <dt>{label}</dt><dd><bdi>{value}</bdi></dd> };
    view! {
        {summary(notice, &email.as_ref().map(|email| (EMAIL, email)).into_iter().collect::<Vec<_>>())}
        {(!facts.is_empty()).then(|| view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> })}
        <form class="start-form" method="post" action=action>
            <input type="hidden" name="key" value=key/>
            {markers.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
            {hidden_fields.into_iter().map(hidden_field).collect_view()}
            {email.map(|email| field(EMAIL, email))}
            {choice.map(choices)}
            {checkbox.map(|(name, label)| view! { <label class="check"><input type="checkbox" name=name value="yes"/>{format!(" {label}")}</label> })}
            <p class="actions">
                <button class="button" type="submit">{button}</button>
                {other.map(|(label, action)| view! { " "<button class="button danger" type="submit" formaction=action>{label}</button> })}
            </p>
        </form>
    }
    .into_any()
}

/// Radio buttons, the first of which is checked.
fn choices(choice: Choice) -> AnyView {
    let Choice { legend, name, options } = choice;
    let option = |(index, (value, label)): (usize, (&'static str, &'static str))| {
        view! {
            <label class="check"><input type="radio" name=name value=value checked={index == 0}/>{format!(" {label}")}</label>
        }
    };
    view! {
        <fieldset class="alternatives">
            <legend>{legend}</legend>
            {options.into_iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// Value submitted earlier: shown, and submitted again unchanged.
fn hidden_field((label, name, value): (&'static str, &'static str, String)) -> AnyView {
    view! {
        <p class="note">{label}": "<bdi>{value.clone()}</bdi></p>
        <input type="hidden" name=name value=value/>
    }
    .into_any()
}

/// Writes the Markdown form of a form to submit. Cross-site forms are rejected, so each needs the header `Origin`.
fn write_open_form(out: &mut String, form: &OpenForm, frame: &Frame) {
    let OpenForm { action, facts, email, choice, checkbox, button, other, notice, .. } = form;
    if let Some(notice) = notice {
        let _ = write!(out, "{}\n\n", markdown::text(notice));
    }
    for (label, value) in facts {
        let _ = writeln!(out, "- {label}: {}", markdown::text(value));
    }
    if !facts.is_empty() {
        out.push('\n');
    }
    let mut fields = Vec::new();
    fields.extend(email.is_some().then_some("`email`".to_owned()));
    fields.extend(choice.as_ref().map(|choice| {
        let options: Vec<String> =
            choice.options.iter().map(|(value, label)| format!("`{}={value}` ({label})", choice.name)).collect();
        options.join(" or ")
    }));
    fields.extend(checkbox.as_ref().map(|(name, label)| format!("`{name}=yes` ({label})")));
    let with = if fields.is_empty() { String::new() } else { format!(" with {}", fields.join(" and ")) };
    let origin = &frame.origin;
    let action = markdown::absolute(frame, action);
    let _ = write!(out, "{button}: post a form to `{action}`{with} and with the header `Origin: {origin}`.\n\n");
    if let Some((label, action)) = other {
        let action = markdown::absolute(frame, action);
        let _ = write!(out, "{label}: post a form to `{action}` with the header `Origin: {origin}`.\n\n");
    }
}

/// Markdown form.
pub(crate) fn markdown(form: &Model, frame: &Frame) -> String {
    let (lead, rest) = form.text.split_first().map_or(("", &[][..]), |(lead, rest)| (lead.as_str(), rest));
    let mut out = markdown::head(&form.title, lead);
    match &form.state {
        FormState::Message => {}
        FormState::Open(form) => write_open_form(&mut out, form, frame),
        FormState::Secret(shown) => {
            let _ = write!(out, "```ini\n{}```\n\n", shown.env);
        }
    }
    for text in rest {
        let _ = write!(out, "{}\n\n", markdown::text(text));
    }
    for Link { title, href } in &form.links {
        let _ = write!(out, "{}\n\n", markdown::link(frame, title, href));
    }
    out
}
