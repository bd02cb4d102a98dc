//! An agent's rosette.

use leptos::prelude::*;

use crate::model::Rosette as Lines;

/// Decoration: whoever does not see it misses nothing, since the name stands beside it.
#[component]
pub(crate) fn Rosette(
    /// Its lines.
    lines: Lines,
    /// Whether it is large: from about 96 px on.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let Lines { ink, path, circles } = lines;
    let class = format!("rosette ink-{ink}{}", if large { " large" } else { "" });
    let circles = circles.into_iter().map(|radius| view! { <circle cx="50" cy="50" r=radius></circle> });
    view! {
        <svg class=class viewBox="0 0 100 100" fill="none" stroke="currentColor" aria-hidden="true">
            <path d=path></path>
            {circles.collect_view()}
        </svg>
    }
    .into_any()
}
