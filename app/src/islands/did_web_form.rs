//! The did:web tool's form: answered by the server when it is sent, and by the same function while typing.

use leptos::prelude::*;

use crate::model::did_web::{MAX_LENGTH, document_url};

/// A text field and its answer.
#[island]
pub fn DidWebForm(
    /// Where the form is sent without script.
    action: String,
    /// What was sent, if anything.
    input: Option<String>,
) -> impl IntoView {
    // Nothing is wrong with a field that nobody has touched; a form that was sent empty is told so.
    let was_sent = input.is_some();
    let sent = input.unwrap_or_default();
    let did = RwSignal::new(sent.clone());
    let is_alive = RwSignal::new(false);
    // Effects run in the browser alone: from here on the page answers by itself.
    Effect::new(move || is_alive.set(true));

    let answer = Memo::new(move |_| {
        let did = did.get();
        (was_sent || !did.trim().is_empty()).then(|| document_url(&did).map_err(|error| error.to_string()))
    });
    let is_wrong = move || matches!(answer.get(), Some(Err(_)));
    let lead = move || match answer.get() {
        None => "The address appears here.".to_owned(),
        Some(Ok(_)) => "The DID document is at".to_owned(),
        Some(Err(reason)) => reason,
    };
    let address = move || answer.get().and_then(Result::ok);

    view! {
        <form class="did-form" method="get" action=action data-ready=move || is_alive.get().then_some("true")>
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
                <button class="button" type="submit">"Show the address"</button>
            </div>
            <p id="page--did-answer" class="answer" role="status" class:wrong=is_wrong>
                {lead}
                " "
                <code hidden=move || address().is_none()>{move || address().unwrap_or_default()}</code>
            </p>
        </form>
    }
}
