//! Pages that hold one form: a button, and at most one field.

use crate::model::Link;

/// A page with one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormPage {
    /// Its heading.
    pub title: String,
    /// What happens, in sentences: the first is the lead.
    pub text: Vec<String>,
    /// The form, or what came of it.
    pub state: FormState,
    /// Where to go instead.
    pub links: Vec<Link>,
}

/// The form, or what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FormState {
    /// There is nothing to send.
    #[default]
    Told,
    /// It can be sent.
    Open {
        /// Where it is sent.
        action: String,
        /// Its field.
        field: Option<FormField>,
        /// What its button says.
        button: &'static str,
        /// Why it was not taken.
        notice: Option<String>,
    },
    /// A credential was made.
    Secret(super::Shown),
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormField {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Its kind, as HTML has it.
    pub kind: &'static str,
    /// What browsers fill it with.
    pub autocomplete: &'static str,
    /// What was typed.
    pub value: String,
    /// What is wrong with it; completes "The address …".
    pub problem: Option<String>,
}
