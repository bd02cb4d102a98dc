//! Form fields, and forms with a single button.

use leptos::prelude::*;

use crate::model::onboarding::Field;

/// Definition of a form field, without its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    /// Element ID.
    pub(crate) id: &'static str,
    /// Name in the submitted form.
    pub(crate) name: &'static str,
    /// Label text.
    pub(crate) label: &'static str,
    /// HTML input type.
    pub(crate) kind: &'static str,
    /// HTML `autocomplete` value.
    pub(crate) autocomplete: &'static str,
    /// True for a required field.
    pub(crate) is_required: bool,
    /// Note below the field.
    pub(crate) note: Option<&'static str>,
}

impl Input {
    /// Single-line text field.
    pub(crate) const fn text(id: &'static str, name: &'static str, label: &'static str) -> Self {
        Self { id, name, label, kind: "text", autocomplete: "off", is_required: false, note: None }
    }

    /// Email address field.
    pub(crate) const fn email(id: &'static str) -> Self {
        Self { kind: "email", autocomplete: "email", is_required: true, ..Self::text(id, "email", "Email address") }
    }

    /// Adds a note.
    pub(crate) const fn noted(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }

    /// Marks the field as required.
    pub(crate) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }
}

/// Renders the field with its label, problem and note.
pub(crate) fn field(input: Input, field: Field) -> AnyView {
    let Input { id, name, label, kind, autocomplete, is_required, note } = input;
    let (problem_id, note_id) = (format!("{id}-problem"), format!("{id}-note"));
    let Field { value, problem } = field;
    let described = [problem.as_ref().map(|_| &*problem_id), note.map(|_| &*note_id)];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described = Some(described).filter(|ids| !ids.is_empty());
    let is_wrong = problem.is_some().then_some("true");
    view! {
        <label for=id>{label}</label>
        <input id=id name=name type=kind value=value required=is_required autocomplete=autocomplete aria-invalid=is_wrong
            aria-describedby=described/>
        {problem.map(|problem| view! { <p class="problem" id=problem_id role="alert">{problem}</p> })}
        {note.map(|note| view! { <p class="note" id=note_id>{note}</p> })}
    }
    .into_any()
}

/// Form with a single button. `about` is the button's object, for its accessible name.
pub(crate) fn button(action: String, title: &'static str, about: &str) -> AnyView {
    keyed_button(action, title, about, None)
}

/// Form with a single button and an idempotency key: a double click submits once.
pub(crate) fn keyed_button(action: String, title: &'static str, about: &str, key: Option<String>) -> AnyView {
    let label = (!about.is_empty()).then(|| format!("{title}: {about}"));
    view! {
        <form method="post" action=action>
            {key.map(|key| view! { <input type="hidden" name="key" value=key/> })}
            <button class="button quiet" type="submit" aria-label=label>{title}</button>
        </form>
    }
    .into_any()
}
