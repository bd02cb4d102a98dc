//! `/get-started`: the "Create agent" form, or the progress of sign-up.

use leptos::prelude::*;

use super::progress::ProgressSection;
use super::start::{self, StartPage};
use crate::markdown;
use crate::model::Frame;
use crate::model::onboarding::{GetStarted, Stage};

/// "Get started" page.
#[component]
pub(crate) fn GetStartedPage(page: GetStarted) -> impl IntoView {
    match page.stage {
        Stage::Open(start) => view! { <StartPage start=*start/> }.into_any(),
        Stage::InProgress(page) => view! { <ProgressSection page=*page/> }.into_any(),
    }
}

/// Markdown form, for programs, which need no form. Identical for all readers.
pub(crate) fn markdown(page: &GetStarted, frame: &Frame) -> String {
    let api = &page.api;
    let link = |title: &str, path: &str| markdown::link(frame, title, &format!("{api}{path}"));
    format!(
        "# Get started\n\n\
        Four calls create an organization and a working agent. No email address or password required.\n\n\
        ## 1. Create an organization\n\n\
        ```bash\ncurl -s -X POST {api}/api/v1/signup --json '{{}}'\n```\n\n\
        The response contains a credential, returned once: `credential.clientId` and `credential.clientSecret`. Give `claimUrl` \
        to the person you act for: the organization is deleted unless it is claimed there with an email address within 72 hours.\n\n\
        ## 2. Create an agent\n\n\
        ```bash\nTOKEN=$(curl -s {api}/api/v1/token -d grant_type=client_credentials \\\n  \
        --data-urlencode \"client_id=$CLIENT_ID\" --data-urlencode \"client_secret=$CLIENT_SECRET\" | jq -r .access_token)\n\
        curl -s {api}/api/v1/agents -H \"Authorization: Bearer $TOKEN\" \\\n  \
        --json '{{\"name\":\"My agent\",\"agentType\":\"custom\",\"capabilities\":[\"documents:read\"]}}'\n```\n\n\
        The response contains `did` and `agentId`, which is the agent’s `client_id`.\n\n\
        ## 3. Create the agent’s credential\n\n\
        ```bash\ncurl -s -X POST {api}/api/v1/agents/$AGENT_ID/credentials -H \"Authorization: Bearer $TOKEN\" --json '{{}}'\n```\n\n\
        The agent uses it to request tokens from the same token endpoint.\n\n\
        {}\n\
        ## Discovery documents\n\n\
        - {}\n- {}\n- {}\n",
        start::markdown(),
        link("API entry point, as JSON or Markdown", "/api/v1"),
        link("Authorization server metadata (RFC 8414)", "/.well-known/oauth-authorization-server"),
        link("Protected resource metadata (RFC 9728)", "/.well-known/oauth-protected-resource"),
    )
}
