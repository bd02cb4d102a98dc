//! State of forms: keys, submitted fields, and errors.

use std::collections::BTreeMap;

use app::model::onboarding::{AgentProblems, Field};
use http::StatusCode;
use uuid::Uuid;

/// Submitted fields of a form: label, name (as in the API) and value.
pub type FormFields = Vec<(&'static str, &'static str, String)>;

/// Creates a key for a form: a UUID of version 7, random and with the time of rendering.
pub fn new_form_key() -> String {
    Uuid::now_v7().to_string()
}

/// Errors of a submitted form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors {
    /// Status of the page with the errors.
    pub status: StatusCode,
    /// Errors by field.
    pub problems: AgentProblems,
    /// An error without a field.
    pub notice: Option<String>,
}

impl FormErrors {
    /// Creates an error without a field.
    pub fn with_notice(status: StatusCode, notice: Option<&str>) -> Self {
        Self { status, problems: AgentProblems::default(), notice: notice.map(str::to_owned) }
    }
}

/// Feedback on a rejected form, with its submitted fields.
#[derive(Clone, Debug, Default)]
pub struct FormFeedback {
    /// Status of the page with the feedback.
    pub status: StatusCode,
    /// An error without a field.
    pub notice: Option<String>,
    /// Submitted fields with their errors, by name.
    fields: BTreeMap<&'static str, Field>,
}

impl FormFeedback {
    /// Creates a notice without fields.
    pub fn with_notice(status: StatusCode, notice: &str) -> Self {
        Self { status, notice: Some(notice.to_owned()), ..Self::default() }
    }

    /// Creates feedback on submitted fields; `problem` returns the error of a field by name.
    pub fn with_problems(
        status: StatusCode,
        notice: Option<String>,
        fields: &FormFields,
        problem: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let field = |name: &str, value: &String| Field { value: value.clone(), problem: problem(name) };
        let fields = fields.iter().map(|(_, name, value)| (*name, field(name, value))).collect();
        Self { status, notice, fields }
    }

    /// Creates an error on one of the submitted fields.
    pub fn with_field_error(fields: &FormFields, name: &str, problem: &str) -> Self {
        let problem = |field: &str| (field == name).then(|| problem.to_owned());
        Self::with_problems(StatusCode::UNPROCESSABLE_ENTITY, None, fields, problem)
    }

    /// Returns a field as submitted, or else with its current value.
    pub fn field(&self, name: &str, current: &str) -> Field {
        let unchanged = || Field { value: current.to_owned(), problem: None };
        self.fields.get(name).cloned().unwrap_or_else(unchanged)
    }
}
