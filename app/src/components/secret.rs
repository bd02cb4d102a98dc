//! Credential whose secret is shown once.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::onboarding::NewCredential;

/// File name for an agent's credential: samples read this file.
pub(crate) const AGENT: &str = "sentryagent.env";
/// File name for an organization's credential: a different one, so that no agent runs with the rights of its organization.
pub(crate) const ORGANIZATION: &str = "sentryagent-organization.env";

/// Client ID and client secret to copy, and a download of both under the given file name.
pub(crate) fn secret(shown: &NewCredential, name: &'static str) -> AnyView {
    let NewCredential { client_id, client_secret, env } = shown;
    let file = format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(env, NON_ALPHANUMERIC));
    view! {
        <dl class="secret">
            <div><dt>"Client ID"</dt><dd class="did"><code>{client_id.clone()}</code><button type="button" data-copy="">"Copy"</button></dd></div>
            <div><dt>"Client secret"</dt><dd class="did"><code>{client_secret.clone()}</code><button type="button" data-copy="">"Copy"</button></dd></div>
        </dl>
        <p class="actions"><a class="button" href=file download=name>{format!("Download {name}")}</a></p>
    }
    .into_any()
}
