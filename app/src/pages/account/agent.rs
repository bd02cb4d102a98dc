//! One agent: its credentials, whether others find it, and its end.

use leptos::prelude::*;

use crate::components::field::{button, keyed_button};
use crate::components::secret::{AGENT, secret};
use crate::model::Link;
use crate::model::account::{AccountAgent, AccountCredential};

/// All of it.
pub(super) fn view(agent: AccountAgent) -> AnyView {
    let AccountAgent { id, did, standing, back, published, credential, credentials, key, create, acts, end, .. } =
        agent;
    let shown = credential.map(|shown| {
        view! {
            <div class="arrived" role="status"><p>"This is the new credential. It is shown this once: keep it before you leave the page. One that it replaces has ended."</p>{secret(&shown, AGENT)}</div>
        }
    });
    let is_none = credentials.is_empty();
    let lines = credentials.into_iter().map(|credential| line(credential, &key)).collect_view();
    view! {
        <p class="note"><a href=back>"Your organization"</a></p>
        {shown}
        <p class="lead">{standing}{published.map(|href| view! { " "<a href=href>"Its page in the marketplace"</a> })}</p>
        <dl class="secret">
            <div><dt>"Client id"</dt><dd class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></dd></div>
            <div><dt>"DID"</dt><dd class="did"><code>{did}</code><button type="button" data-copy="">"Copy"</button></dd></div>
        </dl>
        <div class="actions">{acts.into_iter().map(act).collect_view()}</div>
        <section aria-labelledby="account--credentials">
            <h2 id="account--credentials">"Credentials"</h2>
            <ul class="holdings">{lines}</ul>
            {(!is_none).then(|| view! { <p class="note">"“Replace” makes a new secret and ends the old one at once: what still uses it gets no more tokens. What has ended does not come back."</p> })}
            {is_none.then(|| view! { <p class="note">"None."</p> })}
            {create.map(|action| view! { <div class="actions">{keyed_button(action, "Make a new credential", "", Some(key))}</div> })}
        </section>
        {end.map(ended)}
    }
    .into_any()
}

fn act(act: Link) -> AnyView {
    view! { <form method="post" action=act.href><button class="button quiet" type="submit">{act.title}</button></form> }
        .into_any()
}

fn line(credential: AccountCredential, key: &str) -> AnyView {
    let AccountCredential { id, standing, acts } = credential;
    let acts = acts.map(|(replace, end)| {
        view! { <div class="actions">{keyed_button(replace, "Replace", &id, Some(key.to_owned()))}{button(end, "End it", &id)}</div> }
    });
    view! { <li><p>{standing}", "<code>{id}</code></p>{acts}</li> }.into_any()
}

fn ended(action: String) -> AnyView {
    view! {
        <section aria-labelledby="account--end">
            <h2 id="account--end">"End this agent"</h2>
            <p>"It gets no more tokens, and leaves the marketplace. Its identifier is never given to another one. This can’t be undone."</p>
            <form class="start-form" method="post" action=action>
                <label class="check"><input type="checkbox" name="confirm" value="yes" required/>" I want it to end for ever"</label>
                <p class="actions"><button class="button danger" type="submit">"End the agent"</button></p>
            </form>
        </section>
    }
    .into_any()
}
