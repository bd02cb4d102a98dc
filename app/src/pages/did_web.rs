//! The did:web tool.

use leptos::prelude::*;

use crate::islands::did_web_form::DidWebForm;
use crate::markdown;
use crate::model::did_web::document_url;
use crate::model::{DidWebTool, Frame};

const LEAD: &str = "Convert a did:web identifier to the URL of its DID document.";

/// Form that works without script; with script, it converts while typing.
#[component]
pub(crate) fn DidWebPage(tool: DidWebTool) -> impl IntoView {
    view! {
        <main id="page--main" class="single">
            <h1>"did:web tool"</h1>
            <p class="lead">{LEAD}</p>
            <DidWebForm action=tool.action input=tool.input/>
            <div class="prose">
                <h2>"How it works"</h2>
                <p>
                    "Remove the prefix "<code>"did:web:"</code>", replace each colon with a slash, decode the percent-encoded colon of the port, and prepend "
                    <code>"https://"</code>". Without a path, the document is at "<code>"/.well-known/did.json"</code>
                    "; with a path, at the path followed by "<code>"/did.json"</code>"."
                </p>
                <p>"This tool fetches no document. While you type, the conversion runs in your browser."</p>
            </div>
        </main>
    }
    .into_any()
}

/// Markdown form: the query parameter replaces the field.
pub(crate) fn markdown(tool: &DidWebTool, frame: &Frame) -> String {
    let mut out = markdown::head("did:web tool", LEAD);
    out.push_str("DID\n\n");
    match tool.input.as_deref().map(document_url) {
        None => {
            out.push_str(&format!("Request `{}?did=` followed by a DID.\n\n", markdown::absolute(frame, &tool.action)));
        }
        Some(Ok(address)) => out.push_str(&format!("The DID document is at `{address}`\n\n")),
        Some(Err(error)) => out.push_str(&format!("{}\n\n", markdown::text(&error.to_string()))),
    }
    out.push_str("## How it works\n\nRemove the prefix `did:web:`, replace each colon with a slash, decode the percent-encoded colon of the port, and prepend `https://`. Without a path, the document is at `/.well-known/did.json`; with a path, at the path followed by `/did.json`.\n\nThis tool fetches no document. While you type, the conversion runs in your browser.\n");
    out
}
