//! Links to the previous and the next page.

use leptos::prelude::*;

use crate::model::Link;

/// Renders up to two links; either may be missing.
#[component]
pub(crate) fn Pager(
    /// Previous page.
    previous: Option<Link>,
    /// Next page.
    next: Option<Link>,
    /// Labels, such as `("Previous", "Next")`.
    words: (&'static str, &'static str),
) -> impl IntoView {
    let side = |link: Option<Link>, class: &'static str, rel: &'static str, word: &'static str| {
        link.map(|Link { title, href }| view! { <a class=class rel=rel href=href><span>{word}</span>" "{title}</a> })
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Previous and next page">
                {side(previous, "before", "prev", words.0)}
                {side(next, "after", "next", words.1)}
            </nav>
        }
    })
}
