//! Docs and quickstarts: pages written in Markdown.

use leptos::prelude::*;

use crate::components::{
    crumbs::Crumbs, feedback::Feedback, listing::Listings, pager::Pager, problems::Problems, prose::Prose,
    sidebar::Sidebar, toc::Toc, tools::PageTools,
};
use crate::markdown;
use crate::model::{Article, Frame};

/// Sidebar, text, table of contents.
#[component]
pub(crate) fn ArticlePage(article: Article, markdown: Option<String>) -> impl IntoView {
    let minutes = (!article.body.is_empty()).then_some(article.minutes);
    view! {
        <div class="columns">
            <Sidebar nav=article.nav/>
            <main id="page--main" class="article">
                <Crumbs crumbs=article.crumbs/>
                <h1>{article.title}</h1>
                <p class="lead">{article.description}</p>
                {(article.draft || article.since.is_some()).then(|| view! {
                    <p class="badges">
                        {article.draft.then(|| view! { <span class="badge draft">"Draft"</span> })}
                        {article.since.map(|version| view! { <span class="badge">{format!("Since {version}")}</span> })}
                    </p>
                })}
                <PageTools markdown edit=article.edit updated=article.updated released=None minutes/>
                <Toc entries=article.toc/>
                <Problems problems=article.problems/>
                <Prose body=article.body/>
                <Listings listings=article.children/>
                {article.feedback.map(|form| view! { <Feedback form/> })}
                <Pager previous=article.previous next=article.next words=("Previous", "Next")/>
            </main>
        </div>
    }
    .into_any()
}

/// Markdown form.
pub(crate) fn markdown(article: &Article, frame: &Frame) -> String {
    let mut out = markdown::head(&article.title, &article.description);
    let badges =
        [article.draft.then(|| "Draft".to_owned()), article.since.as_ref().map(|since| format!("Since {since}"))];
    for badge in badges.into_iter().flatten() {
        out.push_str(&format!("{}\n\n", markdown::text(&badge)));
    }
    out.push_str(&markdown::problems(&article.problems));
    out.push_str(article.markdown.trim());
    out.push_str("\n\n");
    out.push_str(&markdown::listings(frame, &article.children));
    out
}
