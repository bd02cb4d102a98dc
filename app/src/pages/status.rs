//! `/status`: health of the registry, checked on request.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::markdown;
use crate::model::status::{Part, StatusPage as Model};

const TITLE: &str = "Status";

/// Status page.
#[component]
pub(crate) fn StatusPage(status: Model) -> impl IntoView {
    let Model { summary, is_operational, parts, at } = status;
    let class = if is_operational { "arrived" } else { "notice bad" };
    let rows = parts.into_iter().map(|Part { title, status, milliseconds }| {
        view! { <tr><th scope="row">{title}</th><td>{status}</td><td class="number">{milliseconds}</td></tr> }
    });
    let rows: Vec<_> = rows.collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="parts-table">
                <thead><tr><th scope="col">"Component"</th><th scope="col">"Status"</th><th scope="col" class="number">"Latency (ms)"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <main id="page--main" class="single started">
            <h1>{TITLE}</h1>
            <p class=class role="status">{summary}</p>
            {table}
            <p class="note">"Checked at "{at}". Reload the page to check again. Results are cached for 5 seconds."</p>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(status: &Model) -> String {
    let mut out = markdown::head(TITLE, &status.summary);
    if !status.parts.is_empty() {
        out.push_str("| Component | Status | Latency (ms) |\n| --- | --- | ---: |\n");
        for Part { title, status, milliseconds } in &status.parts {
            let _ = writeln!(out, "| {} | {status} | {milliseconds} |", markdown::text(title));
        }
        out.push('\n');
    }
    let _ =
        writeln!(out, "Checked at {}. Reload the page to check again. Results are cached for 5 seconds.", status.at);
    out
}
