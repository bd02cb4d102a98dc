//! Notice on a page whose source file has fatal problems.

use leptos::prelude::*;

/// Lists the problems of the file, one per line.
#[component]
pub(crate) fn Problems(problems: Vec<String>) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let lines = problems.into_iter().map(|problem| view! { <li><code>{problem}</code></li> });
        view! {
            <div class="callout caution" role="note">
                <p class="callout-title">"This page can’t be shown"</p>
                <p>"Fix the problems in its file first. All other pages are available."</p>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    })
}
