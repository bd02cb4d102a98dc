//! Changelog: all entries, newest first.

use leptos::prelude::*;

use crate::components::problems::Problems;
use crate::markdown;
use crate::model::{Changelog, Frame, Release};

/// Table of releases. Each release has its own page, where the IDs of its headings are unique.
#[component]
pub(crate) fn ChangelogPage(changelog: Changelog) -> impl IntoView {
    let releases = changelog.releases.into_iter().map(entry).collect_view();
    view! {
        <main id="page--main" class="single">
            <h1>{changelog.title}</h1>
            <p class="lead">{changelog.description}</p>
            <p class="tools"><a href=changelog.feed>"Atom feed"</a></p>
            <ol class="ledger">{releases}</ol>
        </main>
    }
    .into_any()
}

fn entry(release: Release) -> AnyView {
    let Release { link, description, date, draft, problems, .. } = release;
    view! {
        <li>
            <time datetime=date.clone()>{date.clone()}</time>
            <div>
                <h2><a href=link.href>{link.title}</a></h2>
                {draft.then(|| view! { <p class="badges"><span class="badge draft">"Draft"</span></p> })}
                <p>{description}</p>
                <Problems problems/>
            </div>
        </li>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(changelog: &Changelog, frame: &Frame) -> String {
    let mut out = markdown::head(&changelog.title, &changelog.description);
    for Release { link, date, description, draft, problems, .. } in &changelog.releases {
        out.push_str(&format!("{date}\n\n## {}\n\n", markdown::link(frame, &link.title, &link.href)));
        if *draft {
            out.push_str("Draft\n\n");
        }
        out.push_str(&format!("{}\n\n{}", markdown::text(description), markdown::problems(problems)));
    }
    out
}
