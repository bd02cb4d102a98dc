//! The did:web tool.

use leptos::prelude::*;

use crate::islands::did_web_form::DidWebForm;
use crate::markdown;
use crate::model::did_web::document_url;
use crate::model::{DidWebTool, Frame};

const LEAD: &str = "A did:web identifier names a host and a path. Its DID document is a file at an address that follows from it. Type one and see which.";

/// A form that works without script, and answers while typing with it.
#[component]
pub(crate) fn DidWebPage(tool: DidWebTool) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <h1>"Where a did:web lives"</h1>
            <p class="lead">{LEAD}</p>
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

/// The same as Markdown: the field is the address's own.
pub(crate) fn markdown(tool: &DidWebTool, frame: &Frame) -> String {
    let mut out = markdown::head("Where a did:web lives", LEAD);
    out.push_str("DID\n\n");
    match tool.input.as_deref().map(document_url) {
        None => out.push_str(&format!("Ask with `{}?did=` and a DID.\n\n", markdown::absolute(frame, &tool.action))),
        Some(Ok(address)) => out.push_str(&format!("The DID document is at `{address}`\n\n")),
        Some(Err(error)) => out.push_str(&format!("{}\n\n", markdown::text(&error.to_string()))),
    }
    out.push_str("## The rule\n\nTake what follows `did:web:`, turn each colon into a slash, undo the percent-encoding of the port’s colon, and put `https://` in front. Without a path, the document is at `/.well-known/did.json`; with one, at the path and `/did.json`.\n\nNothing is fetched here, and nothing that you type leaves your browser while you type.\n");
    out
}
