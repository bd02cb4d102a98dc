//! Page actions and dates.

use leptos::prelude::*;

/// Markdown link, edit link, last update, reading time.
#[component]
pub(crate) fn PageTools(
    /// URL of the Markdown form. With script, a button beside the link copies it.
    markdown: Option<String>,
    /// URL of the source in the web editor.
    edit: Option<String>,
    /// Date of the last update.
    updated: Option<String>,
    /// Release date.
    released: Option<String>,
    /// Reading time in minutes.
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
