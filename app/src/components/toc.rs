//! The headings of the page.

use leptos::prelude::*;

use crate::model::TocEntry;

/// Headings that the table shows: deeper ones would be noise.
const DEEPEST: u8 = 3;

/// A column where there is room, folded under the title elsewhere: one `details`, which the style sheet opens.
#[component]
pub(crate) fn Toc(entries: Vec<TocEntry>) -> impl IntoView {
    let entries: Vec<TocEntry> = entries.into_iter().filter(|entry| entry.level <= DEEPEST).collect();
    (entries.len() > 1).then(|| {
        let rows = entries.into_iter().map(|TocEntry { level, id, text }| {
            let class = (level > 2).then_some("deep");
            view! { <li class=class><a href=format!("#{id}")>{text}</a></li> }
        });
        view! {
            <nav class="toc" aria-label="On this page">
                <details><summary>"On this page"</summary><ol>{rows.collect_view()}</ol></details>
            </nav>
        }
    })
}
