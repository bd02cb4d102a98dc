//! A field of a form, and forms that are a button.

use leptos::prelude::*;

use crate::model::onboarding::Field;

/// What a field is, whatever was typed into it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    /// Its identifier in the page.
    pub(crate) id: &'static str,
    /// Its name in the form.
    pub(crate) name: &'static str,
    /// What stands above it.
    pub(crate) label: &'static str,
    /// Its type, as HTML has it.
    pub(crate) kind: &'static str,
    /// What browsers may fill in.
    pub(crate) autocomplete: &'static str,
    /// Whether it can't be left empty.
    pub(crate) is_required: bool,
    /// What is said below it.
    pub(crate) note: Option<&'static str>,
}

impl Input {
    /// A line of text.
    pub(crate) const fn text(id: &'static str, name: &'static str, label: &'static str) -> Self {
        Self { id, name, label, kind: "text", autocomplete: "off", is_required: false, note: None }
    }

    /// The reader's address.
    pub(crate) const fn email(id: &'static str) -> Self {
        Self { kind: "email", autocomplete: "email", is_required: true, ..Self::text(id, "email", "Your address") }
    }

    /// The same, with a note.
    pub(crate) const fn noted(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }

    /// The same, to be filled.
    pub(crate) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }
}

/// The field with its label, and what is wrong beside it.
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
        {problem.map(|problem| view! { <p class="problem" id=problem_id role="alert">"It "{problem}"."</p> })}
        {note.map(|note| view! { <p class="note" id=note_id>{note}</p> })}
    }
    .into_any()
}

/// A form that is one button. `about` names, for who does not see it, what it is about.
pub(crate) fn button(action: String, title: &'static str, about: &str) -> AnyView {
    keyed_button(action, title, about, None)
}

/// The same, with a key: pressed twice, it is pressed once.
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
