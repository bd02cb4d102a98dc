//! Organization page of an account: names, agents, verifications, sessions and deletion.

use leptos::prelude::*;

use crate::components::field::{Input, button, field};
use crate::components::summary::Filled;
use crate::model::Link;
use crate::model::account::{
    AccountClaim, AccountSession, AgentLine, DeletionForm, InactiveOrganization, NamesForm, NewClaimForm,
    OrganizationPage,
};

const NAME: Input = Input::text("account--name", "name", "Name").required();
const DISPLAY: Input = Input::text("account--display-name", "displayName", "Display name")
    .noted("Shown in the marketplace. Defaults to the organization name.");
const SLUG: Input = Input::text("account--slug", "slug", "URL slug")
    .required()
    .noted("3 to 40 lowercase letters, digits and single hyphens. The old URL redirects to the new one.");
const TARGET: Input = Input::text("account--target", "target", "Domain or repository URL")
    .required()
    .noted("Examples: example.com, https://github.com/example/agent");
const CONFIRM: Input = Input::text("account--confirm", "confirm", "Organization name, to confirm").required();

/// Fields of the page's forms, for the error summary.
pub(super) fn filled_fields(own: &OrganizationPage) -> Vec<Filled<'_>> {
    let NamesForm { name, display_name, slug, .. } = &own.naming;
    let mut all = vec![(NAME, name), (DISPLAY, display_name)];
    all.extend(own.claiming.as_ref().map(|claiming| (TARGET, &claiming.target)));
    all.extend(slug.as_ref().map(|slug| (SLUG, slug)));
    all.push((CONFIRM, &own.deletion.confirm));
    all
}

/// Renders the page below its title.
pub(super) fn view(own: OrganizationPage) -> AnyView {
    let OrganizationPage {
        id,
        status,
        claim_url,
        usage,
        naming,
        agents,
        more_agents,
        another,
        claims,
        claiming,
        sessions,
        sign_out_url,
        is_provisional,
        recover,
        deletion,
    } = own;
    view! {
        <p class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></p>
        <p class="lead">{status}{claim_url.map(|href| view! { " "<a href=href>"Claim organization"</a> })}</p>
        <ul class="next">{usage.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        <section aria-labelledby="account--agents">
            <h2 id="account--agents">"Agents"</h2>
            {list(agents.into_iter().map(agent))}
            {(more_agents > 0).then(|| view! { <p class="note">{format!("{more_agents} more agents are available through the API.")}</p> })}
            <p class="actions"><a class="button quiet" href=another>"Create agent"</a></p>
        </section>
        {names_form(naming)}
        <section aria-labelledby="account--claims">
            <h2 id="account--claims">"Verification"</h2>
            {list(claims.into_iter().map(claim))}
            {match claiming {
                Some(claiming) => claim_form(claiming),
                None => view! { <p class="note">"Confirm your email address to verify domains, keys and repositories."</p> }.into_any(),
            }}
        </section>
        <section aria-labelledby="account--sessions">
            <h2 id="account--sessions">"Sessions"</h2>
            {list(sessions.into_iter().map(session))}
            <div class="actions">{button(sign_out_url, "Sign out", "")}</div>
            {recover.map(|href| view! { <p class="note">"Lost the organization’s credential? "<a href=href>"Replace a lost secret"</a></p> })}
            {is_provisional.then(|| view! { <p class="note">"Claim the organization before you sign out: only this browser has its claim code."</p> })}
        </section>
        {deletion_section(deletion)}
    }
    .into_any()
}

fn list(rows: impl Iterator<Item = AnyView>) -> AnyView {
    let rows: Vec<AnyView> = rows.collect();
    if rows.is_empty() {
        return view! { <p class="note">"None yet."</p> }.into_any();
    }
    view! { <ul class="holdings">{rows}</ul> }.into_any()
}

fn agent(line: AgentLine) -> AnyView {
    let AgentLine { link: Link { title, href }, id, status } = line;
    view! { <li><a href=href><bdi>{title}</bdi></a><p>{status}" · "<code>{id}</code></p></li> }.into_any()
}

fn names_form(naming: NamesForm) -> AnyView {
    let NamesForm { action, name, display_name, slug, publisher } = naming;
    view! {
        <section aria-labelledby="account--names">
            <h2 id="account--names">"Names"</h2>
            <p>{match publisher {
                Some(href) => view! { "Shown on "<a href=href>"your publisher page"</a>"." }.into_any(),
                None => view! { "Shown in the marketplace after you publish an agent." }.into_any(),
            }}</p>
            <form class="start-form" method="post" action=action>
                {field(NAME, name)}
                {field(DISPLAY, display_name)}
                {slug.map(|slug| field(SLUG, slug))}
                <p class="actions"><button class="button quiet" type="submit">"Save names"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn claim(claim: AccountClaim) -> AnyView {
    let AccountClaim { title, status, failure, instruction, proof, check, is_signed, remove } = claim;
    let rows = proof.into_iter().map(|(label, text)| {
        view! { <div><dt>{label}</dt><dd class="did"><code>{text}</code><button type="button" data-copy="">"Copy"</button></dd></div> }
    });
    let signature = is_signed.then(|| {
        view! { <label>"Signature (JWS, compact)"<input name="signature" type="text" required autocomplete="off"/></label> }
    });
    view! {
        <li>
            <h3><bdi>{title.clone()}</bdi></h3>
            <p>{status}</p>
            {failure.map(|failure| view! { <p class="problem">"Last check failed: "{failure}</p> })}
            <p>{instruction}</p>
            <dl class="secret">{rows.collect_view()}</dl>
            <div class="actions">
                <form method="post" action=check>
                    {signature}
                    <button class="button quiet" type="submit" aria-label=format!("Verify: {title}")>"Verify"</button>
                </form>
                {button(remove, "Remove", &title)}
            </div>
        </li>
    }
    .into_any()
}

fn claim_form(claiming: NewClaimForm) -> AnyView {
    let NewClaimForm { action, target, explained } = claiming;
    view! {
        <p>
            "Verify a domain or repository. Verified entries appear on your agents’ pages. "
            {explained.map(|Link { title, href }| view! { <a href=href>{title}</a> })}
        </p>
        <form class="start-form" method="post" action=action>
            {field(TARGET, target)}
            <p class="actions"><button class="button quiet" type="submit">"Add"</button></p>
        </form>
    }
    .into_any()
}

fn session(session: AccountSession) -> AnyView {
    let AccountSession { is_current, times, revoke_url } = session;
    let button = (!is_current).then(|| view! { <div class="actions">{button(revoke_url, "Revoke", &times)}</div> });
    view! {
        <li>
            <p>{times}{is_current.then_some(" · This browser")}</p>
            {button}
        </li>
    }
    .into_any()
}

fn deletion_section(deletion: DeletionForm) -> AnyView {
    let DeletionForm { action, name, confirm } = deletion;
    view! {
        <section aria-labelledby="account--end">
            <h2 id="account--end">"Delete organization"</h2>
            <p>"This takes effect at once: published agents are no longer listed, and all tokens and secrets stop working. The data is deleted after 7 days; you can restore the organization until then. Only the end of the audit trail’s hash chain (organization ID, event number and hash) is kept."</p>
            <form class="start-form" method="post" action=action>
                <p>"To confirm, enter the organization name: "<strong><bdi>{name}</bdi></strong></p>
                {field(CONFIRM, confirm)}
                <p class="actions"><button class="button danger" type="submit">"Delete organization"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Renders the page of an organization that can't act.
pub(super) fn inactive(own: InactiveOrganization) -> AnyView {
    let InactiveOrganization { id, text, restore, sign_out_url } = own;
    view! {
        <p class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></p>
        <p class="notice bad"><bdi>{text}</bdi></p>
        <div class="actions">
            {restore.map(|action| view! {
                <form method="post" action=action><button class="button" type="submit">"Restore organization"</button></form>
            })}
            {button(sign_out_url, "Sign out", "")}
        </div>
    }
    .into_any()
}
