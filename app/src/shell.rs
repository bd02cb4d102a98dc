//! The document around every page.

use leptos::prelude::*;

use crate::components::{footer::Footer, header::Header};
use crate::meta::Head;
use crate::model::View;
use crate::routes::draw;

/// Renders a page as an HTML document.
///
/// No inline script, style or nonce, so the bytes depend on the view only.
pub fn document(view: View) -> impl IntoView {
    // Pages carry no resources to the browser: without this, Leptos would write scripts for them.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let View { frame, page } = view;
    let has_island = page.has_island();
    let inside = view! {
        <head>
            <Head frame=frame.clone() has_island/>
        </head>
        <body>
            <a class="skip" href="#page--main">"Skip to content"</a>
            // For agents that read the document source; never displayed.
            <p hidden>"Every page as Markdown: "<a href=frame.links.llms.clone()>"llms.txt"</a></p>
            <Header frame=frame.clone()/>
            {draw(page, &frame)}
            <Footer frame=frame/>
        </body>
    };
    // Nothing here waits for anything: written in one go, a page takes half of the time that a stream of its parts takes.
    let inside = inside.to_html();
    view! {
        <!DOCTYPE html>
        <html lang="en" inner_html=inside></html>
    }
    .into_any()
}
