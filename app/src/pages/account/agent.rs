//! Agent page of an account: status, credentials, publication and decommissioning.

use leptos::prelude::*;

use crate::components::field::{button, keyed_button};
use crate::components::secret::{AGENT, secret};
use crate::model::Link;
use crate::model::account::{AccountAgent, AccountCredential};

/// Renders the page below its title.
pub(super) fn view(agent: AccountAgent) -> AnyView {
    let AccountAgent {
        id,
        did,
        status,
        back,
        published,
        credential,
        credentials,
        key,
        create,
        actions,
        decommission_url,
        ..
    } = agent;
    let shown = credential.map(|shown| {
        view! {
            <div class="arrived" role="status"><p>"Credential created. Copy the client secret now. You won’t be able to see it again. If this credential replaces another one, that one is revoked."</p>{secret(&shown, AGENT)}</div>
        }
    });
    let is_none = credentials.is_empty();
    let lines = credentials.into_iter().map(|credential| line(credential, &key)).collect_view();
    view! {
        <p class="note"><a href=back>"Your organization"</a></p>
        {shown}
        <p class="lead">{status}{published.map(|href| view! { " "<a href=href>"View in the marketplace"</a> })}</p>
        <dl class="secret">
            <div><dt>"Client ID"</dt><dd class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></dd></div>
            <div><dt>"DID"</dt><dd class="did"><code>{did}</code><button type="button" data-copy="">"Copy"</button></dd></div>
        </dl>
        <div class="actions">{actions.into_iter().map(action_form).collect_view()}</div>
        <section aria-labelledby="account--credentials">
            <h2 id="account--credentials">"Credentials"</h2>
            <ul class="holdings">{lines}</ul>
            {(!is_none).then(|| view! { <p class="note">"Rotating creates a new credential and revokes the old one immediately: clients that still use it get no more tokens. A revoked credential can’t be restored."</p> })}
            {is_none.then(|| view! { <p class="note">"No credentials."</p> })}
            {create.map(|action| view! { <div class="actions">{keyed_button(action, "Create credential", "", Some(key))}</div> })}
        </section>
        {decommission_url.map(decommission_form)}
    }
    .into_any()
}

fn action_form(action: Link) -> AnyView {
    view! { <form method="post" action=action.href><button class="button quiet" type="submit">{action.title}</button></form> }
        .into_any()
}

fn line(credential: AccountCredential, key: &str) -> AnyView {
    let AccountCredential { id, status, actions } = credential;
    let actions = actions.map(|(rotate_url, revoke_url)| {
        view! { <div class="actions">{keyed_button(rotate_url, "Rotate", &id, Some(key.to_owned()))}{button(revoke_url, "Revoke", &id)}</div> }
    });
    view! { <li><p>{status}" · "<code>{id}</code></p>{actions}</li> }.into_any()
}

fn decommission_form(action: String) -> AnyView {
    view! {
        <section aria-labelledby="account--end">
            <h2 id="account--end">"Decommission agent"</h2>
            <p>"A decommissioned agent gets no more tokens and is removed from the marketplace. Its ID is never reused. This can’t be undone."</p>
            <form class="start-form" method="post" action=action>
                <label class="check"><input type="checkbox" name="confirm" value="yes" required/>" I understand this can’t be undone"</label>
                <p class="actions"><button class="button danger" type="submit">"Decommission agent"</button></p>
            </form>
        </section>
    }
    .into_any()
}
