//! A line of text: its label, what may be typed, and what is wrong with it.

use leptos::prelude::*;

use super::form_field::FormField;

/// What a field is, whatever is typed into it.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// Its identifier in the page.
    pub(super) id: &'static str,
    /// Its name in the form.
    pub(super) name: &'static str,
    /// What stands above it.
    pub(super) label: &'static str,
    /// How what is wrong with it begins.
    pub(super) begins: &'static str,
    /// Its type, as HTML has it.
    pub(super) kind: &'static str,
    /// What browsers may fill in.
    pub(super) autocomplete: &'static str,
    /// An example.
    pub(super) placeholder: &'static str,
    /// Whether it can't be left empty.
    pub(super) is_required: bool,
    /// Most characters.
    pub(super) most: Option<usize>,
    /// Where suggestions are.
    pub(super) list: Option<&'static str>,
    /// What is said below it.
    pub(super) note: &'static str,
}

impl Line {
    /// A plain one.
    pub(super) const fn text(id: &'static str, name: &'static str, label: &'static str) -> Self {
        Self {
            id,
            name,
            label,
            begins: "It ",
            kind: "text",
            autocomplete: "off",
            placeholder: "",
            is_required: false,
            most: None,
            list: None,
            note: "",
        }
    }
}

/// The field. `is_pressed` says whether a finger or a mouse is down; `said` is what is wrong with it.
pub(super) fn line(
    line: Line,
    slot: FormField,
    is_pressed: StoredValue<bool>,
    said: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let Line { id, name, label, begins, kind, autocomplete, placeholder, is_required, most, list, note } = line;
    let (problem_id, note_id) = (format!("{id}-problem"), format!("{id}-note"));
    let described = format!("{problem_id} {note_id}");
    view! {
        <label for=id>{label}</label>
        <input id=id name=name type=kind value=slot.sent() required=is_required maxlength=most.map(|most| most.to_string())
            placeholder=placeholder autocomplete=autocomplete autocapitalize=list.map(|_| "none")
            spellcheck=list.map(|_| "false") list=list
            aria-describedby=described aria-invalid=move || said().is_some().then_some("true") node_ref=slot.node
            on:input=move |_| slot.read() on:blur=move |_| slot.leave(is_pressed.get_value())/>
        {problem(problem_id, begins, said)}
        {(!note.is_empty()).then(|| view! { <p class="note" id=note_id>{note}</p> })}
    }
}

/// What is wrong with a field, beside it.
pub(super) fn problem(
    id: impl Into<String>,
    begins: &'static str,
    said: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let text = move || said().map(|problem| format!("{begins}{problem}."));
    view! { <p class="problem" id=id.into() role="status" hidden=move || said().is_none()>{text}</p> }
}
