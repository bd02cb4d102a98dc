//! Breadcrumbs of a page.

use leptos::prelude::*;

use crate::model::Crumb;

/// Breadcrumbs, from the section's root to the page's parent.
#[component]
pub(crate) fn Crumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    (!crumbs.is_empty()).then(|| {
        let steps = crumbs.into_iter().map(|crumb| view! { <li><a href=crumb.href>{crumb.title}</a></li> });
        view! { <nav class="crumbs" aria-label="Breadcrumbs"><ol>{steps.collect_view()}</ol></nav> }
    })
}
