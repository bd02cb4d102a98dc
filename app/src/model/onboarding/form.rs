//! Single-form pages: a button and at most one field.

use crate::model::Link;

/// Page with a single form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormPage {
    /// Heading.
    pub title: String,
    /// Paragraphs: the first is the lead.
    pub text: Vec<String>,
    /// Form or result.
    pub state: FormState,
    /// Related links.
    pub links: Vec<Link>,
}

/// Form or result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FormState {
    /// No form: the text is the result.
    #[default]
    Message,
    /// Form to submit.
    Open {
        /// Form action URL.
        action: String,
        /// Idempotency key of the form.
        key: String,
        /// Values submitted earlier, submitted again unchanged: label, name, value.
        hidden_fields: Vec<(&'static str, &'static str, String)>,
        /// Email address field, if any.
        email: Option<Field>,
        /// Button label.
        button: &'static str,
        /// Error message.
        notice: Option<String>,
    },
    /// New credential.
    Secret(super::NewCredential),
}

/// Form field with its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Submitted value.
    pub value: String,
    /// Problem, as a complete sentence.
    pub problem: Option<String>,
}
