//! Docs and quickstarts: a page written in Markdown.

use leptos::prelude::*;

use crate::components::{
    crumbs::Crumbs, listing::Listings, pager::Pager, problems::Problems, prose::Prose, sidebar::Sidebar, toc::Toc,
    tools::PageTools,
};
use crate::model::Article;

/// Sidebar, text, table of contents.
#[component]
pub(crate) fn ArticlePage(article: Article) -> impl IntoView {
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
                <PageTools edit=article.edit updated=article.updated minutes/>
                <Toc entries=article.toc/>
                <Problems problems=article.problems/>
                <Prose body=article.body/>
                <Listings listings=article.children/>
                <Pager previous=article.previous next=article.next words=("Previous", "Next")/>
            </main>
        </div>
    }
    .into_any()
}
