//! An entry of the changelog.

use leptos::prelude::*;

use crate::components::{crumbs::Crumbs, pager::Pager, problems::Problems, prose::Prose, tools::PageTools};
use crate::model::Release;

/// The whole entry.
#[component]
pub(crate) fn ReleasePage(release: Release) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <Crumbs crumbs=release.crumbs/>
            <h1>{release.link.title}</h1>
            <p class="lead">{release.description}</p>
            {release.draft.then(|| view! { <p class="badges"><span class="badge draft">"Draft"</span></p> })}
            <PageTools edit=release.edit updated=Some(release.date).filter(|date| !date.is_empty()) minutes=None/>
            <Problems problems=release.problems/>
            <Prose body=release.body/>
            <Pager previous=release.older next=release.newer words=("Older", "Newer")/>
        </main>
    }
    .into_any()
}
