//! Error summary at the top of a page with a rejected form.

use leptos::prelude::*;

use super::field::Input;
use crate::model::onboarding::Field;

/// Field definition with its submitted value.
pub(crate) type Filled<'field> = (Input, &'field Field);

/// Renders the notice, or a link to each invalid field; nothing for a valid form. `autofocus` moves the focus to the
/// summary without script, since an invalid field may be far below.
pub(crate) fn summary(notice: Option<String>, fields: &[Filled<'_>]) -> Option<AnyView> {
    if let Some(notice) = notice {
        return Some(view! { <p class="notice bad" role="alert">{notice}</p> }.into_any());
    }
    let wrong = |(Input { id, .. }, field): &Filled<'_>| {
        let problem = field.problem.as_ref()?;
        Some(view! { <li><a href=format!("#{id}")>{problem.clone()}</a></li> })
    };
    let wrong: Vec<_> = fields.iter().filter_map(wrong).collect();
    (!wrong.is_empty()).then(|| {
        view! {
            <div class="notice bad" role="alert" tabindex="-1" autofocus=true>
                <p>"We couldn’t save the form. Fix the fields below and try again."</p>
                <ul>{wrong}</ul>
            </div>
        }
        .into_any()
    })
}
