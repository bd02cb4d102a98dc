//! Table of contents.

use leptos::prelude::*;

use crate::model::TocEntry;

/// Deepest heading level in the table; deeper headings are omitted.
const DEEPEST: u8 = 3;

/// Column on wide screens, folded under the title elsewhere: one `details` element, opened by the style sheet.
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
