//! Changelog entry.

use leptos::prelude::*;

use crate::components::{crumbs::Crumbs, pager::Pager, problems::Problems, prose::Prose, tools::PageTools};
use crate::markdown;
use crate::model::Release;

/// Entry with its text.
#[component]
pub(crate) fn ReleasePage(release: Release, markdown: Option<String>) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <Crumbs crumbs=release.crumbs/>
            <h1>{release.link.title}</h1>
            <p class="lead">{release.description}</p>
            {release.draft.then(|| view! { <p class="badges"><span class="badge draft">"Draft"</span></p> })}
            <PageTools markdown edit=release.edit updated=None released=Some(release.date).filter(|date| !date.is_empty()) minutes=None/>
            <Problems problems=release.problems/>
            <Prose body=release.body/>
            <Pager previous=release.older next=release.newer words=("Older", "Newer")/>
        </main>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(release: &Release) -> String {
    let mut out = markdown::head(&release.link.title, &release.description);
    if release.draft {
        out.push_str("Draft\n\n");
    }
    out.push_str(&markdown::problems(&release.problems));
    out.push_str(release.markdown.trim());
    out
}
