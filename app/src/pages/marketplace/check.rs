//! The reader repeats the check: by script in the browser, from where the documents live; without it, the page shows what
//! the portal's server found, and how to ask by hand.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::components::crumbs::Crumbs;
use crate::components::stale::{self, StaleNotice};
use crate::markdown::{self, text};
use crate::model::Frame;
use crate::model::marketplace::{CheckPage as Model, Claim, ClaimKind, Outcome, Step};

const LEAD: &str = "What this registry says of the agent is read again from where it lives, and compared.";
const SERVER: &str = "What this site’s server found";
const SERVER_NOTE: &str = "This is the word of the server that sent you this page. With script, your own browser does the same above, without asking us.";
const BROWSER: &str = "What your browser finds";
const NO_SCRIPT: &str =
    "This part needs script. Without it, the server’s findings below and the addresses in them have to do.";
const START: &str = "Check now, in this browser";
const ASK: &str = "Ask the sources yourself";
const ASK_LEAD: &str = "What was claimed is proved elsewhere: in the DNS, at a site, in a repository. A page may not ask those for you; a terminal can. Above each command stands what is to be found.";
const NOT: &str = "What a passed check does not mean: that the agent does what its description says, or that it is safe. It means that these papers belong together. What was claimed elsewhere, in the DNS, at a site or in a repository, it does not look at again.";

fn title(check: &Model) -> String {
    format!("Check {}", check.agent.title)
}

/// Steps of the server, then of the browser.
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
        0 => format!("On {}: {passed} of {} steps as expected.", check.at, check.steps.len()),
        _ => format!("On {}: {failed} of {} steps not as expected.", check.at, check.steps.len()),
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
            <h3>{step.title}" "<span>{step.outcome.word()}</span></h3>
            <dl><dt>"Expected"</dt><dd><bdi>{step.expected}</bdi></dd><dt>"Found"</dt><dd><bdi>{step.found}</bdi></dd></dl>
        </li>
    }
    .into_any()
}

/// A command for each claim that has a public source. Targets have passed the API's rules for hosts and repositories, and
/// only the letters of such stand in a command.
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

/// The same as Markdown.
pub(crate) fn markdown(check: &Model, frame: &Frame) -> String {
    let mut out = markdown::head(&title(check), LEAD);
    out.push_str(&stale::markdown(check.stale.as_ref()));
    let _ = write!(out, "## {SERVER}\n\n{}\n\n", found(check));
    for Step { title, expected, found, outcome } in &check.steps {
        let _ = writeln!(
            out,
            "- {} {}\n  Expected: {}\n  Found: {}",
            text(title),
            outcome.word(),
            text(expected),
            text(found)
        );
    }
    let targets = &check.targets;
    let _ = write!(out, "\nRead them yourself:\n\n- {}\n- {}\n", targets.document, targets.keys);
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
