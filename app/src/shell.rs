//! HTML document that contains every page.

use leptos::prelude::*;

use crate::components::{footer::Footer, header::Header};
use crate::meta::Head;
use crate::model::View;
use crate::routes::draw;

/// Renders a page as an HTML document.
///
/// No inline script, style or nonce, so the bytes depend on the view only.
pub fn document(view: View) -> impl IntoView {
    // Pages pass no resources to the browser. Without this setting, Leptos would write scripts for them.
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
    // Rendered in one go: no part waits for I/O, and a stream of parts takes twice as long.
    let inside = inside.to_html();
    view! {
        <!DOCTYPE html>
        <html lang="en" inner_html=inside></html>
    }
    .into_any()
}
