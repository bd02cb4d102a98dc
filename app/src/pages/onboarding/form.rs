//! Single-form pages: a button and at most one field.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::field::{Input, field};
use crate::components::secret::{ORGANIZATION, secret};
use crate::components::summary::summary;
use crate::markdown;
use crate::model::onboarding::{FormPage as Model, FormState};
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
        FormState::Open { action, key, hidden_fields, email, button, notice } => Some(
            view! {
                {summary(notice, &email.as_ref().map(|email| (EMAIL, email)).into_iter().collect::<Vec<_>>())}
                <form class="start-form" method="post" action=action>
                    <input type="hidden" name="key" value=key/>
                    {hidden_fields.into_iter().map(hidden_field).collect_view()}
                    {email.map(|email| field(EMAIL, email))}
                    <p class="actions"><button class="button" type="submit">{button}</button></p>
                </form>
            }
            .into_any(),
        ),
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

/// Value submitted earlier: shown, and submitted again unchanged.
fn hidden_field((label, name, value): (&'static str, &'static str, String)) -> AnyView {
    view! {
        <p class="note">{label}": "<bdi>{value.clone()}</bdi></p>
        <input type="hidden" name=name value=value/>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(form: &Model, frame: &Frame) -> String {
    let (lead, rest) = form.text.split_first().map_or(("", &[][..]), |(lead, rest)| (lead.as_str(), rest));
    let mut out = markdown::head(&form.title, lead);
    match &form.state {
        FormState::Message => {}
        FormState::Open { action, email, button, notice, .. } => {
            if let Some(notice) = notice {
                let _ = write!(out, "{}\n\n", markdown::text(notice));
            }
            let field = if email.is_some() { " with `email`" } else { "" };
            // Cross-site forms are rejected.
            let _ = write!(
                out,
                "{button}: post a form to `{}`{field} and with the header `Origin: {}`.\n\n",
                markdown::absolute(frame, action),
                frame.origin
            );
        }
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
