//! `/get-started`: before anything was made, or how far its reader has come.

use leptos::prelude::*;

use super::progress::ProgressSection;
use super::start::StartPage;
use crate::markdown;
use crate::model::Frame;
use crate::model::onboarding::{GetStarted, Stage};

/// The page.
#[component]
pub(crate) fn GetStartedPage(page: GetStarted) -> impl IntoView {
    match page.stage {
        Stage::Open(start) => view! { <StartPage start=*start/> }.into_any(),
        Stage::InProgress(page) => view! { <ProgressSection page=*page/> }.into_any(),
    }
}

/// The same as Markdown: for programs, which need no form. It is the same for everybody.
pub(crate) fn markdown(page: &GetStarted, frame: &Frame) -> String {
    let api = &page.api;
    let link = |title: &str, path: &str| markdown::link(frame, title, &format!("{api}{path}"));
    format!(
        "# Get started\n\n\
        Four calls make an agent that works. No mail, no password; nothing has to be read before.\n\n\
        ## 1. An organization\n\n\
        ```bash\ncurl -s -X POST {api}/api/v1/signup --json '{{}}'\n```\n\n\
        The answer has a credential, shown once: `credential.clientId` and `credential.clientSecret`. Keep `claimUrl`: your \
        person opens it and gives an address within 72 hours, or all of it is deleted.\n\n\
        ## 2. An agent\n\n\
        ```bash\nTOKEN=$(curl -s {api}/api/v1/token -d grant_type=client_credentials \\\n  \
        --data-urlencode \"client_id=$CLIENT_ID\" --data-urlencode \"client_secret=$CLIENT_SECRET\" | jq -r .access_token)\n\
        curl -s {api}/api/v1/agents -H \"Authorization: Bearer $TOKEN\" \\\n  \
        --json '{{\"name\":\"My agent\",\"agentType\":\"custom\",\"capabilities\":[\"documents:read\"]}}'\n```\n\n\
        The answer has `agentId`, which is the agent’s `client_id`, and `did`.\n\n\
        ## 3. The agent’s own credential\n\n\
        ```bash\ncurl -s -X POST {api}/api/v1/agents/$AGENT_ID/credentials -H \"Authorization: Bearer $TOKEN\" --json '{{}}'\n```\n\n\
        With it the agent gets tokens at the same address.\n\n\
        ## Found by discovery\n\n\
        - {}\n- {}\n- {}\n",
        link("How to begin, as JSON or Markdown", "/api/v1"),
        link("Authorization server (RFC 8414)", "/.well-known/oauth-authorization-server"),
        link("Protected resource (RFC 9728)", "/.well-known/oauth-protected-resource"),
    )
}
