//! What is told where a form of somebody who has a session was not taken.

use std::collections::BTreeMap;

use app::model::onboarding::Field;
use client::Error;
use http::StatusCode;

use super::refusal::{refused, sentence};
/// What was typed into a form: label, name (which is the API's) and value.
pub type Kept = Vec<(&'static str, &'static str, String)>;

/// What is said where a form was not taken: nothing that was typed is lost.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The status of the page that says it.
    pub status: StatusCode,
    /// What is wrong, where no field is at fault.
    pub notice: Option<String>,
    /// What was typed, by the field's name, which is the API's, and what is wrong with it.
    typed: BTreeMap<&'static str, Field>,
}

impl Told {
    /// A word, and no field.
    pub fn notice(status: StatusCode, notice: &str) -> Self {
        Self { status, notice: Some(notice.to_owned()), ..Self::default() }
    }

    /// The same, with what was typed, of which nothing is wrong.
    #[must_use]
    pub fn with(self, typed: &Kept) -> Self {
        Self { typed: fields(typed, |_| None), ..self }
    }

    /// One field of what was typed is wrong.
    pub fn wrong(typed: &Kept, name: &str, problem: &str) -> Self {
        let problem = |field: &str| (field == name).then(|| problem.to_owned());
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, notice: None, typed: fields(typed, problem) }
    }

    /// Why the API did not do it, with what was typed.
    pub fn refused(error: &Error, typed: &Kept) -> Self {
        let label =
            |name: &str| typed.iter().find(|(_, field, _)| *field == name).map_or("The value", |(label, ..)| label);
        let wrong = |name: &str| {
            error.fields().iter().find(|wrong| wrong.field == name).map(|wrong| sentence(label(name), &wrong.reason))
        };
        let typed = fields(typed, wrong);
        let refused = refused(error);
        let notice = if typed.values().any(|field| field.problem.is_some()) {
            // It stands beside the field.
            None
        } else {
            let of_fields = || refused.problems.listed().map(|(_, problem)| problem).collect::<Vec<_>>().join(" ");
            Some(refused.notice.clone().unwrap_or_else(of_fields))
        };
        Self { status: refused.status, notice, typed }
    }

    /// A field as it was typed, or else as it is.
    pub fn typed(&self, name: &str, otherwise: &str) -> Field {
        let as_it_is = || Field { value: otherwise.to_owned(), problem: None };
        self.typed.get(name).cloned().unwrap_or_else(as_it_is)
    }
}

fn fields(typed: &Kept, problem: impl Fn(&str) -> Option<String>) -> BTreeMap<&'static str, Field> {
    let field = |name: &str, value: &String| Field { value: value.clone(), problem: problem(name) };
    typed.iter().map(|(_, name, value)| (*name, field(name, value))).collect()
}
