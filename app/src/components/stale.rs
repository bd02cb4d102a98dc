//! That an older state is shown.

use leptos::prelude::*;

use crate::model::marketplace::Stale;

fn words(stale: &Stale) -> String {
    format!("The registry can’t be reached at the moment. This is as it was on {}.", stale.since)
}

/// The notice, where there is something to say.
#[component]
pub(crate) fn StaleNotice(stale: Option<Stale>) -> impl IntoView {
    stale.map(|stale| view! { <p class="notice" role="status">{words(&stale)}</p> })
}

/// The same as Markdown.
pub(crate) fn markdown(stale: Option<&Stale>) -> String {
    stale.map_or_else(String::new, |stale| format!("{}\n\n", words(stale)))
}
