//! The did:web tool.

use leptos::prelude::*;

use crate::islands::did_web_form::DidWebForm;
use crate::model::DidWebTool;

/// A form that works without script, and answers while typing with it.
#[component]
pub(crate) fn DidWebPage(tool: DidWebTool) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <h1>"Where a did:web lives"</h1>
            <p class="lead">
                "A did:web identifier names a host and a path. Its DID document is a file at an address that follows from it. Type one and see which."
            </p>
            <DidWebForm action=tool.action input=tool.input/>
            <div class="prose">
                <h2>"The rule"</h2>
                <p>
                    "Take what follows "<code>"did:web:"</code>", turn each colon into a slash, undo the percent-encoding of the port’s colon, and put "
                    <code>"https://"</code>" in front. Without a path, the document is at "<code>"/.well-known/did.json"</code>
                    "; with one, at the path and "<code>"/did.json"</code>"."
                </p>
                <p>"Nothing is fetched here, and nothing that you type leaves your browser while you type."</p>
            </div>
        </main>
    }
    .into_any()
}
