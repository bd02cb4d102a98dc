//! How far a reader has come: the credential, the first call, whose it is, the marketplace.

use leptos::prelude::*;

use crate::components::field::{Input, field};
use crate::components::prose::Prose;
use crate::components::rosette::Rosette;
use crate::components::secret::{AGENT, secret};
use crate::components::summary::{Filled, summary};
use crate::model::onboarding::{EmailStep, FirstCall, ProgressPage, hours_left};
use crate::model::{Link, Rosette as Lines};

/// What the organization is called, before it is claimed.
const ORGANIZATION: Input =
    Input { autocomplete: "organization", ..Input::text("keep--organization", "name", "Your organization") };
/// Where the mail goes by which it is claimed.
const EMAIL: Input = Input::email("keep--email");

/// Said where a mail is awaited.
const PAUSED: &str = "Another one can be sent after a minute, and no more than a few an hour go to one address.";

/// The steps, each with what was done or can be.
#[component]
pub(super) fn ProgressSection(page: ProgressPage) -> impl IntoView {
    let ProgressPage {
        agent,
        credential,
        renew,
        key,
        samples,
        call,
        call_json,
        here,
        keep,
        mail_note,
        publish,
        published,
        leave,
        notice,
        next,
        api,
    } = page;
    let (has_secret, has_call, is_published) = (credential.is_some(), call.is_some(), published.is_some());
    let (lines, own) = (Lines::of(&agent.did, true), agent.clone());
    let credential = match credential {
        Some(shown) => view! {
            <p>"It is shown this once. Keep it now: when you load the page again it is gone, and a new one can be made."</p>
            {secret(&shown, AGENT)}
        }
        .into_any(),
        None => view! {
            <p>"It was shown once and is kept nowhere. Lost it? Make a new one: the old one ends at once."</p>
            <form method="post" action=renew><input type="hidden" name="key" value=key/><p class="actions"><button class="button quiet" type="submit">"Make a new credential"</button></p></form>
        }
        .into_any(),
    };
    let is_kept = matches!(keep, EmailStep::Verified { .. });
    let is_claimable = matches!(keep, EmailStep::Provisional { action: Some(_), .. });
    view! {
        <main id="page--main" class="single started" data-own=own.id data-name=own.name data-api=api>
            <div class="paper-head">
                <Rosette lines large=true/>
                <div>
                    <h1><bdi>{agent.name}</bdi></h1>
                    <p class="did"><code>{agent.did}</code><button type="button" data-copy="">"Copy"</button></p>
                </div>
            </div>
            {summary(notice, &asked(&keep))}
            {hours(&keep)}
            <ol class="stages">
                <li class="done"><h2>"Your first agent"</h2><p>"It is registered. Its identifier is "<code>{agent.id}</code>"."</p></li>
                <li aria-current=has_secret.then_some("step") class:now=has_secret class:done=!has_secret><h2 id="started--credential">"Its credential"</h2>{credential}</li>
                <li aria-current=(!has_call && !has_secret).then_some("step") class:now=!has_call class:done=has_call>
                    <h2 id="started--call">"The first call"</h2>
                    <p>"A token first, and with it a call, from the folder where you keep the file."</p>
                    <Prose body=samples/>
                    {waiting(call, call_json, &here)}
                </li>
                <li class:done=is_kept><h2 id="started--keep">"Keep it"</h2>{kept(keep)}{mail_note.map(|note| view! { <p class="notice bad" role="status">{note}</p> })}</li>
                <li class:done=is_published><h2 id="started--publish">"Publish it"</h2>{publication(is_kept, publish, published)}</li>
            </ol>
            <h2>"What next"</h2>
            <ul class="next">{next.into_iter().map(|Link { title, href }| view! { <li><a href=href>{title}</a></li> }).collect_view()}</ul>
            <form method="post" action=leave>
                <p class="actions"><button class="button quiet" type="submit">"Forget this in this browser"</button></p>
                <p class="note">{if is_claimable { "Keep it first: only this browser knows the code by which it is claimed, and what nobody claims is deleted. The secret works until then." } else { "The agent stays, and what you kept works on." }}</p>
            </form>
        </main>
    }
    .into_any()
}

fn asked(keep: &EmailStep) -> Vec<Filled<'_>> {
    let EmailStep::Provisional { name, email, .. } = keep else { return Vec::new() };
    vec![(ORGANIZATION, name), (EMAIL, email)]
}

fn hours(keep: &EmailStep) -> Option<AnyView> {
    let EmailStep::Provisional { seconds, ends, .. } = keep else { return None };
    let left = hours_left(*seconds);
    Some(view! { <p class="notice left"><span data-left=seconds.to_string()>{left}</span>" to keep it: until "{ends.clone()}". "<a href="#started--keep">"Keep it"</a></p> }.into_any())
}

fn waiting(call: Option<FirstCall>, call_json: String, here: &str) -> AnyView {
    match call {
        Some(FirstCall { line, at, request_id }) => view! {
            <div class="arrived" role="status"><strong>"It came. "</strong><code>{line}</code>" at "{at}", request "<code>{request_id}</code></div>
        }
        .into_any(),
        None => view! {
            // A link to the page's own address would only scroll.
            <div class="waiting" role="status" data-first-call=call_json>
                <p>"Waiting for your first call…"</p>
                <form method="get" action=format!("{here}#started--call")>
                    <button class="button quiet" type="submit">"Look again"</button>
                </form>
            </div>
        }
        .into_any(),
    }
}

fn kept(keep: EmailStep) -> AnyView {
    match keep {
        EmailStep::Verified { email } => view! { <p>"The organization is yours: "<bdi>{email}</bdi>" is confirmed."</p> }.into_any(),
        EmailStep::Unverified { email, resend, sent_at } => view! {
            <p>"A mail is on its way to "<bdi>{email}</bdi>{asked_at(sent_at)}". Its link confirms the address. Nothing ends meanwhile."</p>
            <p class="note">{PAUSED}</p>
            <form method="post" action=resend><p class="actions"><button class="button quiet" type="submit">"Send the mail again"</button></p></form>
        }
        .into_any(),
        EmailStep::Provisional { action: None, .. } => view! {
            <p>"This browser does not know the code by which it is claimed: it was in the answer that made the organization."</p>
        }
        .into_any(),
        EmailStep::Provisional { action: Some(action), name, mailed, email, sent_at, .. } => {
            let button = if sent_at.is_some() { "Send it again" } else { "Send the mail" };
            let sent = sent_at.map(|at| view! {
                <p class="arrived" role="status">"A mail is on its way to "<bdi>{mailed}</bdi>{asked_at(Some(at))}". Its link makes the organization yours."</p>
                <p class="note">{PAUSED}</p>
            });
            view! {
                {sent}
                <p>"Give an address. A mail brings a link; with it the organization is yours. Identifiers and secrets stay."</p>
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

fn asked_at(at: Option<String>) -> Option<String> {
    at.map(|at| format!(", asked for at {at}"))
}

fn publication(is_kept: bool, publish: Option<String>, published: Option<String>) -> AnyView {
    match (published, publish) {
        (Some(href), _) => view! { <p>"It stands in the marketplace: "<a href=href>"its page"</a>"."</p> }.into_any(),
        (None, Some(action)) if is_kept => view! {
            <p>"In the marketplace everybody finds it by what it can do, and sees what was checked of it."</p>
            <form method="post" action=action><p class="actions"><button class="button quiet" type="submit">"Publish the agent"</button></p></form>
        }
        .into_any(),
        (None, None) => view! { <p>"It will stand in the marketplace once the organization is kept."</p> }.into_any(),
        (None, Some(_)) => view! { <p>"Only what somebody answers for is published: keep it first."</p> }.into_any(),
    }
}
