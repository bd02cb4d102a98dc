//! Document verification: by script in the browser, or, without script, the server's results and commands to run in a
//! terminal.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::crumbs::Crumbs;
use crate::components::stale::{self, StaleNotice};
use crate::markdown::{self, text};
use crate::model::Frame;
use crate::model::marketplace::{CheckPage as Model, Claim, ClaimKind, Outcome, Step};

const LEAD: &str = "We fetch the agent’s documents again and compare them with this listing.";
const SERVER: &str = "Results from our server";
const SERVER_NOTE: &str = "These results come from the server that sent this page. With JavaScript, your browser runs the same steps above and reads the documents itself.";
const BROWSER: &str = "Results from your browser";
const NO_SCRIPT: &str = "This section requires JavaScript. Use the server’s results below, and the URLs in them.";
const START: &str = "Verify in this browser";
const ASK: &str = "Check each verification yourself";
const ASK_LEAD: &str = "Browsers can’t query DNS or read other sites. Run these commands in a terminal to check each verification. The comment above a command shows the expected value.";
const NOT: &str = "Passed steps mean that these documents belong together. They don’t mean that the agent does what its description says, or that it is safe. This page doesn’t recheck DNS records, websites or repositories.";

fn title(check: &Model) -> String {
    format!("Verify documents: {}", check.agent.title)
}

/// Steps run by the browser, then by the server.
#[component]
pub(crate) fn CheckPage(check: Model) -> impl IntoView {
    let (title, found) = (title(&check), found(&check));
    let commands = commands(&check);
    let Model { crumbs, targets, steps, stale, .. } = check;
    view! {
        <main id="page--main" class="single wide">
            <Crumbs crumbs/>
            <h1 class="said"><bdi>{title}</bdi></h1>
            <p class="lead">{LEAD}</p>
            <StaleNotice stale/>
            <section aria-labelledby="check--browser">
                <h2 id="check--browser">{BROWSER}</h2>
                <div id="check--run" data-did=targets.did data-document=targets.document data-card=targets.card
                    data-keys=targets.keys data-name=targets.name data-thumbprints=targets.thumbprints.join(" ")>
                    <p class="without-script">{NO_SCRIPT}</p>
                    <p class="actions with-script"><button class="button" type="button">{START}</button></p>
                    <p class="found" role="status"></p>
                    <ol class="steps-done"></ol>
                </div>
            </section>
            <section aria-labelledby="check--server">
                <h2 id="check--server">{SERVER}</h2>
                <p>{found}</p>
                <ol class="steps-done">{steps.into_iter().map(step).collect_view()}</ol>
                <p class="note">{SERVER_NOTE}</p>
            </section>
            {(!commands.is_empty()).then(|| view! {
                <section aria-labelledby="check--ask">
                    <h2 id="check--ask">{ASK}</h2>
                    <p>{ASK_LEAD}</p>
                    <figure class="code"><pre><code>{commands.join("\n")}</code></pre></figure>
                </section>
            })}
            <p class="note">{NOT}</p>
        </main>
    }
    .into_any()
}

fn found(check: &Model) -> String {
    let count = |outcome| check.steps.iter().filter(|step| step.outcome == outcome).count();
    let (passed, failed) = (count(Outcome::Passed), count(Outcome::Failed));
    match failed {
        0 => format!("{}: {passed} of {} steps passed.", check.at, check.steps.len()),
        _ => format!("{}: {failed} of {} steps failed.", check.at, check.steps.len()),
    }
}

fn step(step: Step) -> AnyView {
    let class = match step.outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Open => "open",
    };
    view! {
        <li class=class>
            <h3>{step.title}" "<span>{step.outcome.label()}</span></h3>
            <dl><dt>"Expected"</dt><dd><bdi>{step.expected}</bdi></dd><dt>"Found"</dt><dd><bdi>{step.found}</bdi></dd></dl>
        </li>
    }
    .into_any()
}

/// Commands for verifications with public evidence. Targets have passed the API's validation of hosts and repositories;
/// a command is omitted if it contains any other character.
fn commands(check: &Model) -> Vec<String> {
    let safe = |text: &str| {
        text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '/' | ':'))
    };
    let one = |claim: &Claim| match (claim.kind, claim.method.as_str()) {
        (ClaimKind::Domain, "dns") => Some(format!("dig +short _sentryagent-claim.{0} TXT {0} TXT", claim.target)),
        (ClaimKind::Domain, _) => Some(format!("curl https://{}/.well-known/sentryagent-claim", claim.target)),
        (ClaimKind::Repository, _) => {
            claim.evidence.as_ref().map(|address| format!("curl -L {}", address.replace("/blob/", "/raw/")))
        }
        (ClaimKind::Key, _) => None,
    };
    let commented = |claim: &Claim| {
        let command = one(claim).filter(|command| safe(&command.replace([' ', '+'], "")))?;
        let proof = claim.proof.as_ref().filter(|proof| safe(&proof.replace('=', "")));
        Some(proof.map_or_else(|| command.clone(), |proof| format!("# {proof}\n{command}")))
    };
    check.claims.iter().filter_map(commented).collect()
}

/// Markdown form.
pub(crate) fn markdown(check: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(&title(check), LEAD);
    out.push_str(&stale::markdown(check.stale.as_ref()));
    let _ = write!(out, "## {SERVER}\n\n{}\n\n", found(check));
    for Step { title, expected, found, outcome } in &check.steps {
        let _ = writeln!(
            out,
            "- {} {}\n  Expected: {}\n  Found: {}",
            text(title),
            outcome.label(),
            text(expected),
            text(found)
        );
    }
    let targets = &check.targets;
    let _ = write!(out, "\nDocuments:\n\n- {}\n- {}\n", targets.document, targets.keys);
    if let Some(card) = &targets.card {
        let _ = writeln!(out, "- {card}");
    }
    let commands = commands(check);
    if !commands.is_empty() {
        let _ = write!(out, "\n## {ASK}\n\n{ASK_LEAD}\n\n```bash\n{}\n```\n", commands.join("\n"));
    }
    let _ = write!(out, "\n{NOT}\n\n{}\n", markdown::link(frame, &check.agent.title, &check.agent.href));
    out
}
