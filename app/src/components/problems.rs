//! A page whose file can't be shown says so in its place.

use leptos::prelude::*;

/// What is wrong, a line each.
#[component]
pub(crate) fn Problems(problems: Vec<String>) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let lines = problems.into_iter().map(|problem| view! { <li><code>{problem}</code></li> });
        view! {
            <div class="callout caution" role="note">
                <p class="callout-title">"This page can’t be shown"</p>
                <p>"Its file has to be mended first. All other pages are served."</p>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    })
}
