//! What is said at the top of a page one of whose forms was not taken.

use leptos::prelude::*;

use super::field::Input;
use crate::model::onboarding::Field;

/// A field, and how it was filled.
pub(crate) type Filled<'field> = (Input, &'field Field);

/// Why the form was not taken, or which of `fields` are wrong, each a link to it; nothing where all is well. It takes the focus
/// by HTML alone: what is wrong may stand far below.
pub(crate) fn summary(notice: Option<String>, fields: &[Filled<'_>]) -> Option<AnyView> {
    if let Some(notice) = notice {
        return Some(view! { <p class="notice bad" role="alert">{notice}</p> }.into_any());
    }
    let wrong = |(Input { id, label, .. }, field): &Filled<'_>| {
        let problem = field.problem.as_ref()?;
        Some(view! { <li><a href=format!("#{id}")>{format!("{label} {problem}")}</a></li> })
    };
    let wrong: Vec<_> = fields.iter().filter_map(wrong).collect();
    (!wrong.is_empty()).then(|| {
        view! {
            <div class="notice bad" role="alert" tabindex="-1" autofocus=true>
                <p>"It was not taken yet. What you typed is still here."</p>
                <ul>{wrong}</ul>
            </div>
        }
        .into_any()
    })
}
