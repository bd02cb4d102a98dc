//! An agent's rosette.

use leptos::prelude::*;

use crate::model::Rosette as Lines;

/// Decorative SVG: the agent's name is always shown beside the rosette.
#[component]
pub(crate) fn Rosette(
    /// Lines of the rosette.
    lines: Lines,
    /// True for a large rosette, from about 96 px.
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
