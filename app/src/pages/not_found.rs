//! Not found page (404).

use leptos::prelude::*;

use crate::components::listing::Listings;
use crate::markdown;
use crate::model::{Frame, NotFound, SiteLinks};

/// Requested path, and pages with similar paths.
#[component]
pub(crate) fn NotFoundPage(not_found: NotFound, links: SiteLinks) -> impl IntoView {
    let NotFound { path, near } = not_found;
    let is_near = !near.is_empty();
    view! {
        <main id="page--main" class="single">
            <h1>"Page not found"</h1>
            <p class="lead">"We couldn’t find "<code>{path}</code>"."</p>
            {is_near.then(|| view! { <h2>"Did you mean one of these?"</h2> })}
            <Listings listings=near/>
            <p class="actions"><a class="button" href=links.docs>"All docs"</a><a class="button quiet" href=links.home>"Home"</a></p>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(not_found: &NotFound, frame: &Frame) -> String {
    let mut out = markdown::head("Page not found", "");
    out.push_str(&format!("We couldn’t find {}.\n\n", markdown::text(&not_found.path)));
    if !not_found.near.is_empty() {
        out.push_str("## Did you mean one of these?\n\n");
        out.push_str(&markdown::listings(frame, &not_found.near));
    }
    for (title, href) in [("All docs", &frame.links.docs), ("Home", &frame.links.home)] {
        out.push_str(&format!("- {}\n", markdown::link(frame, title, href)));
    }
    out
}
