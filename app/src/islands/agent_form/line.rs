//! Text field of the form: label, input and problem.

use leptos::prelude::*;

use super::form_field::FormField;

/// Definition of a text field, without its value.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// Element ID.
    pub(super) id: &'static str,
    /// Name in the submitted form.
    pub(super) name: &'static str,
    /// Label text.
    pub(super) label: &'static str,
    /// HTML input type.
    pub(super) kind: &'static str,
    /// HTML `autocomplete` value.
    pub(super) autocomplete: &'static str,
    /// Example value.
    pub(super) placeholder: &'static str,
    /// True for a required field.
    pub(super) is_required: bool,
    /// Maximum number of characters.
    pub(super) max_length: Option<usize>,
    /// ID of the `datalist` with suggestions.
    pub(super) list: Option<&'static str>,
    /// Note below the field.
    pub(super) note: &'static str,
}

impl Line {
    /// Optional text field without note.
    pub(super) const fn text(id: &'static str, name: &'static str, label: &'static str) -> Self {
        Self {
            id,
            name,
            label,
            kind: "text",
            autocomplete: "off",
            placeholder: "",
            is_required: false,
            max_length: None,
            list: None,
            note: "",
        }
    }
}

/// Renders the field. `is_pressed` is true while a pointer is down; `shown_problem` is the problem to show.
pub(super) fn line(
    line: Line,
    field: FormField,
    is_pressed: StoredValue<bool>,
    shown_problem: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let Line { id, name, label, kind, autocomplete, placeholder, is_required, max_length, list, note } = line;
    let (problem_id, note_id) = (format!("{id}-problem"), format!("{id}-note"));
    let described = format!("{problem_id} {note_id}");
    view! {
        <label for=id>{label}</label>
        <input id=id name=name type=kind value=field.sent() required=is_required maxlength=max_length.map(|length| length.to_string())
            placeholder=placeholder autocomplete=autocomplete autocapitalize=list.map(|_| "none")
            spellcheck=list.map(|_| "false") list=list
            aria-describedby=described aria-invalid=move || shown_problem().is_some().then_some("true") node_ref=field.node
            on:input=move |_| field.read() on:blur=move |_| field.handle_blur(is_pressed.get_value())/>
        {problem(problem_id, shown_problem)}
        {(!note.is_empty()).then(|| view! { <p class="note" id=note_id>{note}</p> })}
    }
}

/// Problem text beside a field.
pub(super) fn problem(
    id: impl Into<String>,
    shown_problem: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! { <p class="problem" id=id.into() role="status" hidden=move || shown_problem().is_none()>{shown_problem}</p> }
}
