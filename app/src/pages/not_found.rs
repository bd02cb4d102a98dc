//! 404.

use leptos::prelude::*;

use crate::components::listing::Listings;
use crate::model::{NotFound, SiteLinks};

/// What was asked for, and what is near.
#[component]
pub(crate) fn NotFoundPage(not_found: NotFound, links: SiteLinks) -> impl IntoView {
    let NotFound { path, near } = not_found;
    let is_near = !near.is_empty();
    view! {
        <main id="page--main" class="single">
            <h1>"There is no page here"</h1>
            <p class="lead">"Nothing stands at "<code>{path}</code>"."</p>
            {is_near.then(|| view! { <h2>"Did you mean one of these?"</h2> })}
            <Listings listings=near/>
            <p class="actions"><a class="button" href=links.docs>"All docs"</a><a class="button quiet" href=links.home>"Home"</a></p>
        </main>
    }
    .into_any()
}
