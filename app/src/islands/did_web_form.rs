//! Form of the did:web tool: converted by the server on submit, and by the same function while typing.

use leptos::prelude::*;

use crate::model::did_web::{MAX_LENGTH, document_url};

/// Text field with its result.
#[island]
pub fn DidWebForm(
    /// Form action URL, used without script.
    action: String,
    /// Submitted text.
    input: Option<String>,
) -> impl IntoView {
    // An untouched field shows no problem; a form submitted empty does.
    let was_sent = input.is_some();
    let sent = input.unwrap_or_default();
    let did = RwSignal::new(sent.clone());
    let is_hydrated = RwSignal::new(false);
    // Effects run in the browser only. Once this one has run, the island converts while typing.
    Effect::new(move || is_hydrated.set(true));

    let answer = Memo::new(move |_| {
        let did = did.get();
        (was_sent || !did.trim().is_empty()).then(|| document_url(&did).map_err(|error| error.to_string()))
    });
    let is_wrong = move || matches!(answer.get(), Some(Err(_)));
    let lead = move || match answer.get() {
        None => "The URL appears here.".to_owned(),
        Some(Ok(_)) => "The DID document is at".to_owned(),
        Some(Err(reason)) => reason,
    };
    let address = move || answer.get().and_then(Result::ok);

    view! {
        <form class="did-form" method="get" action=action data-ready=move || is_hydrated.get().then_some("true")>
            <label for="page--did">"DID"</label>
            <div class="field">
                <input
                    id="page--did"
                    name="did"
                    type="text"
                    value=sent
                    maxlength=MAX_LENGTH.to_string()
                    placeholder="did:web:example.com:agents:alice"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="page--did-answer"
                    aria-invalid=move || is_wrong().then_some("true")
                    on:input=move |event| did.set(event_target_value(&event))
                />
                <button class="button" type="submit">"Convert"</button>
            </div>
            <p id="page--did-answer" class="answer" role="status" class:wrong=is_wrong>
                {lead}
                " "
                <code hidden=move || address().is_none()>{move || address().unwrap_or_default()}</code>
            </p>
        </form>
    }
}
