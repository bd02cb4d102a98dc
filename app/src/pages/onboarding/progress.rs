//! Sign-up progress: credential, first call, claim, publication.

use leptos::prelude::*;

use crate::components::field::{Input, field};
use crate::components::prose::Prose;
use crate::components::rosette::Rosette;
use crate::components::secret::{AGENT, secret};
use crate::components::summary::{Filled, summary};
use crate::model::onboarding::{EmailStep, FirstCall, ProgressPage, hours_left};
use crate::model::{Link, Rosette as Lines};

/// Organization name, editable until the organization is claimed.
const ORGANIZATION: Input =
    Input { autocomplete: "organization", ..Input::text("keep--organization", "name", "Organization name") };
/// Recipient of the email with the claim link.
const EMAIL: Input = Input::email("keep--email");

/// Note while an email is expected.
const PAUSED: &str =
    "You can resend the email after 1 minute. The number of emails to one address is limited to a few per hour.";

/// Steps of sign-up, each with its result or its form.
#[component]
pub(super) fn ProgressSection(page: ProgressPage) -> impl IntoView {
    let ProgressPage {
        agent,
        credential,
        create_credential_url,
        key,
        samples,
        call,
        call_json,
        page_url,
        claim,
        mail_note,
        publish,
        published,
        sign_out_url,
        notice,
        next,
        api,
    } = page;
    let (has_secret, has_call, is_published) = (credential.is_some(), call.is_some(), published.is_some());
    let (lines, own) = (Lines::of(&agent.did, true), agent.clone());
    let credential = match credential {
        Some(shown) => view! {
            <p>"Copy your client secret now. You won’t be able to see it again."</p>
            {secret(&shown, AGENT)}
        }
        .into_any(),
        None => view! {
            <p>"The client secret was shown once. Lost it? Create a new credential. This revokes the old one immediately."</p>
            <form method="post" action=create_credential_url><input type="hidden" name="key" value=key/><p class="actions"><button class="button quiet" type="submit">"Create credential"</button></p></form>
        }
        .into_any(),
    };
    let is_claimed = matches!(claim, EmailStep::Verified { .. });
    let is_claimable = matches!(claim, EmailStep::Provisional { action: Some(_), .. });
    view! {
        <main id="page--main" class="single started" data-own=own.id data-name=own.name data-api=api>
            <div class="paper-head">
                <Rosette lines large=true/>
                <div>
                    <h1><bdi>{agent.name}</bdi></h1>
                    <p class="did"><code>{agent.did}</code><button type="button" data-copy="">"Copy"</button></p>
                </div>
            </div>
            {summary(notice, &claim_fields(&claim))}
            {expiry_notice(&claim)}
            <ol class="stages">
                <li class="done"><h2>"Create an agent"</h2><p>"Created. Agent ID: "<code>{agent.id}</code></p></li>
                <li aria-current=has_secret.then_some("step") class:now=has_secret class:done=!has_secret><h2 id="started--credential">"Save the credential"</h2>{credential}</li>
                <li aria-current=(!has_call && !has_secret).then_some("step") class:now=!has_call class:done=has_call>
                    <h2 id="started--call">"Make your first call"</h2>
                    <p>"In the folder that contains sentryagent.env, run:"</p>
                    <Prose body=samples/>
                    {waiting(call, call_json, &page_url)}
                </li>
                <li class:done=is_claimed><h2 id="started--keep">"Claim your organization"</h2>{claim_section(claim)}{mail_note.map(|note| view! { <p class="notice bad" role="status">{note}</p> })}</li>
                <li class:done=is_published><h2 id="started--publish">"Publish (optional)"</h2>{publication(is_claimed, publish, published)}</li>
            </ol>
            <h2>"Next steps"</h2>
            <ul class="next">{next.into_iter().map(|Link { title, href }| view! { <li><a href=href>{title}</a></li> }).collect_view()}</ul>
            <form method="post" action=sign_out_url>
                <p class="actions"><button class="button quiet" type="submit">"Sign out"</button></p>
                <p class="note">{if is_claimable { "This organization isn’t claimed. If you sign out, this browser loses the claim code, and the unclaimed organization is deleted. The client secret works until then." } else { "Your agent and its credentials keep working after you sign out." }}</p>
            </form>
        </main>
    }
    .into_any()
}

fn claim_fields(claim: &EmailStep) -> Vec<Filled<'_>> {
    let EmailStep::Provisional { name, email, .. } = claim else { return Vec::new() };
    vec![(ORGANIZATION, name), (EMAIL, email)]
}

fn expiry_notice(claim: &EmailStep) -> Option<AnyView> {
    let EmailStep::Provisional { seconds, ends, .. } = claim else { return None };
    let left = hours_left(*seconds);
    Some(view! { <p class="notice left">"Claim within "<span data-left=seconds.to_string()>{left}</span>". Unclaimed organizations are deleted: this one on "{ends.clone()}". "<a href="#started--keep">"Claim organization"</a></p> }.into_any())
}

fn waiting(call: Option<FirstCall>, call_json: String, page_url: &str) -> AnyView {
    match call {
        Some(FirstCall { line, at, request_id }) => view! {
            <div class="arrived" role="status"><strong>"First call received. "</strong><code>{line}</code>" at "{at}", request ID "<code>{request_id}</code></div>
        }
        .into_any(),
        None => view! {
            // A link to the current URL would only scroll.
            <div class="waiting" role="status" data-first-call=call_json>
                <p>"Waiting for your first call…"</p>
                <form method="get" action=format!("{page_url}#started--call")>
                    <button class="button quiet" type="submit">"Refresh"</button>
                </form>
            </div>
        }
        .into_any(),
    }
}

fn claim_section(claim: EmailStep) -> AnyView {
    match claim {
        EmailStep::Verified { email } => view! { <p>"Claimed. Owner: "<bdi>{email}</bdi>" (confirmed)"</p> }.into_any(),
        EmailStep::Unverified { email, resend, sent_at } => view! {
            <p>"A confirmation email is on its way to "<bdi>{email}</bdi>{format_request_time(sent_at)}". Open its link to claim the organization. The organization doesn’t expire in the meantime."</p>
            <p class="note">{PAUSED}</p>
            <form method="post" action=resend><p class="actions"><button class="button quiet" type="submit">"Resend email"</button></p></form>
        }
        .into_any(),
        EmailStep::Provisional { action: None, .. } => view! {
            <p>"This browser doesn’t have the claim code. It was returned when the organization was created."</p>
        }
        .into_any(),
        EmailStep::Provisional { action: Some(action), name, mailed, email, sent_at, .. } => {
            let button = if sent_at.is_some() { "Resend email" } else { "Claim organization" };
            let sent = sent_at.map(|at| view! {
                <p class="arrived" role="status">"A confirmation email is on its way to "<bdi>{mailed}</bdi>{format_request_time(Some(at))}". Open its link to claim the organization."</p>
                <p class="note">{PAUSED}</p>
            });
            view! {
                {sent}
                <p>"Enter your email address. We’ll send a link to claim this organization. Open it on this browser to keep all secrets."</p>
                <form class="start-form" method="post" action=action>
                    {field(ORGANIZATION, name)}
                    {field(EMAIL, email)}
                    <p class="actions"><button class="button" type="submit">{button}</button></p>
                </form>
            }
            .into_any()
        }
    }
}

fn format_request_time(at: Option<String>) -> Option<String> {
    at.map(|at| format!(", requested at {at}"))
}

fn publication(is_claimed: bool, publish: Option<String>, published: Option<String>) -> AnyView {
    match (published, publish) {
        (Some(href), _) => view! { <p>"Published. "<a href=href>"View in the marketplace"</a></p> }.into_any(),
        (None, Some(action)) if is_claimed => view! {
            <p>"Anyone can find a published agent in the marketplace and see what has been verified about it."</p>
            <form method="post" action=action><p class="actions"><button class="button quiet" type="submit">"Publish"</button></p></form>
        }
        .into_any(),
        (None, None) => view! { <p>"The agent is published when you claim the organization."</p> }.into_any(),
        (None, Some(_)) => view! { <p>"Claim your organization before you publish."</p> }.into_any(),
    }
}
