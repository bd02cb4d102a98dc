//! Single-form pages: what they are about, a few fields, and a button.

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
    Open(Box<OpenForm>),
    /// New credential.
    Secret(super::NewCredential),
}

/// Form to submit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenForm {
    /// Form action URL.
    pub action: String,
    /// Idempotency key of the form.
    pub key: String,
    /// Facts that the form is about: label, value.
    pub facts: Vec<(&'static str, String)>,
    /// Values submitted earlier, submitted again unchanged: label, name, value.
    pub hidden_fields: Vec<(&'static str, &'static str, String)>,
    /// Hidden fields: name, value.
    pub markers: Vec<(&'static str, String)>,
    /// Email address field, if any.
    pub email: Option<Field>,
    /// Alternatives to choose from, if any.
    pub choice: Option<Choice>,
    /// Box to check: name, label.
    pub checkbox: Option<(&'static str, String)>,
    /// Button label.
    pub button: &'static str,
    /// Second button: label, action URL.
    pub other: Option<(&'static str, String)>,
    /// Error message.
    pub notice: Option<String>,
}

/// Alternatives of which one is chosen. The first one is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Question.
    pub legend: &'static str,
    /// Name of the field.
    pub name: &'static str,
    /// Value and label.
    pub options: Vec<(&'static str, &'static str)>,
}

/// Form field with its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Submitted value.
    pub value: String,
    /// Problem, as a complete sentence.
    pub problem: Option<String>,
}
