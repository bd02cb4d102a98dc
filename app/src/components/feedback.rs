//! Feedback form: "Was this page useful?"

use leptos::prelude::*;

use crate::model::Feedback as Form;

/// Plain form: two buttons and an optional comment. Works without script.
#[component]
pub(crate) fn Feedback(form: Form) -> impl IntoView {
    view! {
        <form class="feedback" method="post" action=form.action>
            <input type="hidden" name="page" value=form.page/>
            <fieldset>
                <legend>"Was this page useful?"</legend>
                <div class="choice">
                    <button class="button quiet" type="submit" name="useful" value="yes">"Yes"</button>
                    <button class="button quiet" type="submit" name="useful" value="no">"No"</button>
                </div>
                <details>
                    <summary>"Add a comment"</summary>
                    <label for="page--word">"What helped, or what is missing? Then select Yes or No."</label>
                    <textarea id="page--word" name="word" rows="3" maxlength="1000"></textarea>
                </details>
            </fieldset>
        </form>
    }
    .into_any()
}
