//! What can be done with a page, and how fresh it is.

use leptos::prelude::*;

/// Markdown form, edit link, last change, minutes to read.
#[component]
pub(crate) fn PageTools(
    /// Where the page is as Markdown. With script, a button beside the link copies it.
    markdown: Option<String>,
    /// Where the source can be edited.
    edit: Option<String>,
    /// The day of the last change.
    updated: Option<String>,
    /// The day of a release.
    released: Option<String>,
    /// Minutes to read.
    minutes: Option<usize>,
) -> impl IntoView {
    (markdown.is_some() || edit.is_some() || released.is_some() || updated.is_some() || minutes.is_some()).then(|| {
        view! {
            <div class="tools">
                {markdown.map(|href| view! {
                    <button class="copy-page" type="button" hidden data-copy-page=href.clone()>"Copy as Markdown"</button>
                    <a href=href>"Markdown"</a>
                })}
                {edit.map(|href| view! { <a href=href>"Edit this page"</a> })}
                <span class="facts">
                    {released.map(|day| view! { <span>"Released "<time datetime=day.clone()>{day.clone()}</time></span> })}
                    {updated.map(|day| view! { <span>"Updated "<time datetime=day.clone()>{day.clone()}</time></span> })}
                    {minutes.map(|minutes| view! { <span>{format!("{minutes} min")}</span> })}
                </span>
            </div>
        }
    })
}
