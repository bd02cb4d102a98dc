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
    Message,
    /// It can be sent.
    Open {
        /// Where it is sent.
        action: String,
        /// What makes sending it twice the same as sending it once.
        key: String,
        /// What was typed elsewhere and is sent again as it is: label, name, value.
        kept: Vec<(&'static str, &'static str, String)>,
        /// Its field for an address.
        email: Option<Field>,
        /// What its button says.
        button: &'static str,
        /// Why it was not taken.
        notice: Option<String>,
    },
    /// A credential was made.
    Secret(super::NewCredential),
}

/// A field, as it was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// What was typed.
    pub value: String,
    /// What is wrong with it; completes "It …".
    pub problem: Option<String>,
}
