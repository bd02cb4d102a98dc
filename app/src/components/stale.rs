//! Notice that cached data is shown.

use leptos::prelude::*;

use crate::model::marketplace::Stale;

fn words(stale: &Stale) -> String {
    format!("The registry is currently unavailable. Showing data from {}.", stale.since)
}

/// Notice, rendered for stale data only.
#[component]
pub(crate) fn StaleNotice(stale: Option<Stale>) -> impl IntoView {
    stale.map(|stale| view! { <p class="notice" role="status">{words(&stale)}</p> })
}

/// Markdown form of the notice.
pub(crate) fn markdown(stale: Option<&Stale>) -> String {
    stale.map_or_else(String::new, |stale| format!("{}\n\n", words(stale)))
}
