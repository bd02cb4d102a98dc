//! The organization: what it is called, its agents, claims and sessions, and its end.

use leptos::prelude::*;

use crate::components::field::{Input, button, field};
use crate::components::summary::Filled;
use crate::model::Link;
use crate::model::account::{
    AccountClaim, AccountSession, AgentLine, Deletion, NamesForm, NewClaimForm, OrganizationPage,
};

const NAME: Input = Input::text("account--name", "name", "Name").required();
const DISPLAY: Input = Input::text("account--display-name", "displayName", "Name in the marketplace")
    .noted("Without one, the name above stands there.");
const SLUG: Input = Input::text("account--slug", "slug", "Name in addresses")
    .required()
    .noted("3 to 40 lower-case letters, digits and single hyphens. The old address leads to the new one.");
const TARGET: Input = Input::text("account--target", "target", "Domain, or address of a repository")
    .required()
    .noted("Such as example.com, or https://github.com/example/agent.");
const CONFIRM: Input =
    Input::text("account--confirm", "confirm", "The organization’s name, as it stands above").required();

/// What its forms ask for.
pub(super) fn filled_fields(own: &OrganizationPage) -> Vec<Filled<'_>> {
    let NamesForm { name, display_name, slug, .. } = &own.naming;
    let mut all = vec![(NAME, name), (DISPLAY, display_name), (TARGET, &own.claiming.target)];
    all.extend(slug.as_ref().map(|slug| (SLUG, slug)));
    if let Deletion::Possible { confirm, .. } = &own.end {
        all.push((CONFIRM, confirm));
    }
    all
}

/// All of it.
pub(super) fn view(own: OrganizationPage) -> AnyView {
    let OrganizationPage {
        id,
        standing,
        keep,
        usage,
        naming,
        agents,
        more_agents,
        another,
        claims,
        claiming,
        sessions,
        leave,
        is_provisional,
        recover,
        end,
    } = own;
    view! {
        <p class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></p>
        <p class="lead">{standing}{keep.map(|href| view! { " "<a href=href>"Keep it"</a> })}</p>
        <ul class="next">{usage.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        <section aria-labelledby="account--agents">
            <h2 id="account--agents">"Agents"</h2>
            {list(agents.into_iter().map(agent))}
            {(more_agents > 0).then(|| view! { <p class="note">{format!("{more_agents} more are in the API’s list.")}</p> })}
            <p class="actions"><a class="button quiet" href=another>"Make another agent"</a></p>
        </section>
        {named(naming)}
        <section aria-labelledby="account--claims">
            <h2 id="account--claims">"Claims"</h2>
            {list(claims.into_iter().map(claim))}
            {claimed(claiming)}
        </section>
        <section aria-labelledby="account--sessions">
            <h2 id="account--sessions">"Sessions"</h2>
            {list(sessions.into_iter().map(session))}
            <div class="actions">{button(leave, "Forget this in this browser", "")}</div>
            {recover.map(|href| view! { <p class="note">"The organization’s own credential is replaced by mail: "<a href=href>"replace a lost secret"</a>"."</p> })}
            {is_provisional.then(|| view! { <p class="note">"Keep the organization before this browser forgets it: only it knows the code by which it is claimed."</p> })}
        </section>
        {ended(end)}
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
    let AgentLine { link: Link { title, href }, id, standing } = line;
    view! { <li><a href=href><bdi>{title}</bdi></a><p>{standing}", "<code>{id}</code></p></li> }.into_any()
}

fn named(naming: NamesForm) -> AnyView {
    let NamesForm { action, name, display_name, slug, publisher } = naming;
    view! {
        <section aria-labelledby="account--names">
            <h2 id="account--names">"Names"</h2>
            <p>{match publisher {
                Some(href) => view! { "What others read of you: "<a href=href>"your page in the marketplace"</a>"." }.into_any(),
                None => view! { "What others read of you, once you publish." }.into_any(),
            }}</p>
            <form class="start-form" method="post" action=action>
                {field(NAME, name)}
                {field(DISPLAY, display_name)}
                {slug.map(|slug| field(SLUG, slug))}
                <p class="actions"><button class="button quiet" type="submit">"Save the names"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn claim(claim: AccountClaim) -> AnyView {
    let AccountClaim { title, standing, failure, instruction, proof, check, is_signed, remove } = claim;
    let rows = proof.into_iter().map(|(what, text)| {
        view! { <div><dt>{what}</dt><dd class="did"><code>{text}</code><button type="button" data-copy="">"Copy"</button></dd></div> }
    });
    let signature = is_signed.then(|| {
        view! { <label>"Signature (JWS, compact)"<input name="signature" type="text" required autocomplete="off"/></label> }
    });
    view! {
        <li>
            <h3><bdi>{title.clone()}</bdi></h3>
            <p>{standing}</p>
            {failure.map(|failure| view! { <p class="problem">"The last check found: "{failure}"."</p> })}
            <p>{instruction}</p>
            <dl class="secret">{rows.collect_view()}</dl>
            <div class="actions">
                <form method="post" action=check>
                    {signature}
                    <button class="button quiet" type="submit" aria-label=format!("Check now: {title}")>"Check now"</button>
                </form>
                {button(remove, "Take back", &title)}
            </div>
        </li>
    }
    .into_any()
}

fn claimed(claiming: NewClaimForm) -> AnyView {
    let NewClaimForm { action, target, explained } = claiming;
    view! {
        <p>
            "Show that a domain or a repository is yours: its stamp then stands beside your agents. "
            {explained.map(|Link { title, href }| view! { <a href=href>{title}</a> })}
        </p>
        <form class="start-form" method="post" action=action>
            {field(TARGET, target)}
            <p class="actions"><button class="button quiet" type="submit">"Claim it"</button></p>
        </form>
    }
    .into_any()
}

fn session(session: AccountSession) -> AnyView {
    let AccountSession { is_current, times, end } = session;
    let button = (!is_current).then(|| view! { <div class="actions">{button(end, "End it", &times)}</div> });
    view! {
        <li>
            <p>{times}{is_current.then_some(". This browser")}</p>
            {button}
        </li>
    }
    .into_any()
}

fn ended(end: Deletion) -> AnyView {
    let inside = match end {
        Deletion::Possible { action, name, confirm } => view! {
            <p>"The organization, its agents and their credentials end seven days after you ask for it. Until then all of it works, and it can be undone. What is to leave the marketplace at once, take out at its own page first. What stays is the head of the audit trail, which names nobody."</p>
            <form class="start-form" method="post" action=action>
                <p>"Its name is "<strong><bdi>{name}</bdi></strong>"."</p>
                {field(CONFIRM, confirm)}
                <p class="actions"><button class="button danger" type="submit">"Delete everything"</button></p>
            </form>
        }
        .into_any(),
        Deletion::Asked { at, restore } => view! {
            <p class="notice bad">"All of it is deleted at "{at}". Until then it works, and what is published stays so."</p>
            <div class="actions">{button(restore, "Keep it after all", "")}</div>
        }
        .into_any(),
    };
    view! {
        <section aria-labelledby="account--end">
            <h2 id="account--end">"Delete everything"</h2>
            {inside}
        </section>
    }
    .into_any()
}
