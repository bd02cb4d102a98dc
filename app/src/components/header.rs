//! The site's header: mark, places, search, theme.

use leptos::prelude::*;

use crate::model::{Frame, Place};

/// The header. On a phone its links stand in a popover, which needs no script; the search is a plain form, which the
/// dialog takes over where there is script.
#[component]
pub(crate) fn Header(frame: Frame) -> impl IntoView {
    let Frame { links, assets, place, .. } = frame;
    let entry = |title: &'static str, href: String, of: Place| {
        let current = (place == Some(of)).then_some("true");
        view! { <li><a href=href aria-current=current>{title}</a></li> }
    };
    // The page of the search has its own field.
    let search = (place != Some(Place::Search)).then(|| {
        view! {
            <form class="site-search" method="get" action=links.search role="search"
                data-script=assets.search_script data-answers=links.search_json>
                <label class="visually-hidden" for="page--search">"Search"</label>
                <input id="page--search" name="q" type="search" placeholder="Search" maxlength="200"
                    autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"/>
                <kbd aria-hidden="true">"/"</kbd>
            </form>
        }
    });
    view! {
        <header class="site-header">
            <a class="brand" href=links.home>
                <img src=assets.icon alt="" width="28" height="28"/>
                "SentryAgent"
            </a>
            <button class="menu-button" type="button" popovertarget="page--site">"Menu"</button>
            <nav class="site-nav" id="page--site" popover="auto" aria-label="Site">
                <ul>
                    {entry("Docs", links.docs, Place::Docs)}
                    {entry("Quickstarts", links.quickstarts, Place::Quickstarts)}
                    {entry("did:web", links.did_web, Place::Tools)}
                    {entry("Changelog", links.changelog, Place::Changelog)}
                </ul>
            </nav>
            {search}
            <button class="theme" type="button" hidden data-theme-switch>"Theme"</button>
        </header>
    }
    .into_any()
}
