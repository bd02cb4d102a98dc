//! A credential, the one time that its secret is shown.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::onboarding::NewCredential;

/// The file that an agent's is kept in: samples read it.
pub(crate) const AGENT: &str = "sentryagent.env";
/// The file that an organization's is kept in: another, so that no agent works with all that its organization may.
pub(crate) const ORGANIZATION: &str = "sentryagent-organization.env";

/// Identifier and secret to copy, and both as a file of this name.
pub(crate) fn secret(shown: &NewCredential, name: &'static str) -> AnyView {
    let NewCredential { client_id, client_secret, env } = shown;
    let file = format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(env, NON_ALPHANUMERIC));
    view! {
        <dl class="secret">
            <div><dt>"Client id"</dt><dd class="did"><code>{client_id.clone()}</code><button type="button" data-copy="">"Copy"</button></dd></div>
            <div><dt>"Client secret"</dt><dd class="did"><code>{client_secret.clone()}</code><button type="button" data-copy="">"Copy"</button></dd></div>
        </dl>
        <p class="actions"><a class="button" href=file download=name>{format!("Keep as {name}")}</a></p>
    }
    .into_any()
}
