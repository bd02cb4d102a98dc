//! Markdown form of the agent page.

use std::fmt::Write as _;

use super::sections::{days, facts, look_alike_words};
use super::{
    CALL, CALL_LEAD, CAPABILITIES, CHECK, CLAIMS, DATES, DOCUMENTS, EVIDENCE, FLAGGED, LIMITS, MEANING, NO_ENDPOINT,
    NO_WORDS, RELATED, REPORT, SAYS, UNCLAIMED, UNENFORCED,
};
use crate::components::{agents, stale, stamp};
use crate::markdown::{self, link, text};
use crate::model::Frame;
use crate::model::marketplace::{AgentPage, type_line};

/// Markdown form.
pub(crate) fn markdown(agent: &AgentPage, frame: &Frame) -> String {
    let mut out = markdown::head(&agent.name, "");
    out.push_str(&stale::markdown(agent.stale.as_ref()));
    let _ = write!(
        out,
        "Published by {}\n\n{}\n\n`{}`\n\n{}\n\n{}\n\n",
        link(frame, &agent.publisher.title, &agent.publisher.href),
        text(&type_line(&agent.agent_type)),
        agent.did,
        stamp::line(&agent.claims, 0),
        link(frame, CHECK, &agent.check),
    );
    if agent.is_flagged {
        let _ = write!(out, "{FLAGGED}\n\n");
    }
    if !agent.look_alikes.is_empty() {
        let _ = write!(out, "{}\n\n", text(&look_alike_words(agent)));
        for other in &agent.look_alikes {
            let publisher = link(frame, &other.publisher.title, &other.publisher.href);
            let _ = writeln!(out, "- {publisher} (verified domain: {})", text(&other.domain));
        }
        out.push('\n');
    }
    let says =
        if agent.description.is_empty() { NO_WORDS.to_owned() } else { format!("> {}", text(&agent.description)) };
    let _ = write!(out, "## {SAYS}\n\n{says}\n\n");
    if !agent.tags.is_empty() {
        let _ = write!(out, "{}\n\n", text(&agent.tags.join(", ")));
    }
    claims(&mut out, agent, frame);
    let _ = write!(out, "## {CAPABILITIES}\n\n");
    for one in &agent.capabilities {
        let _ = writeln!(out, "- {}: {}", link(frame, &one.text, &one.href), text(&one.meaning));
    }
    let _ = write!(out, "\n{UNENFORCED}\n\n");
    samples(&mut out, agent);
    let _ = write!(out, "## {DOCUMENTS}\n\n");
    for document in &agent.documents {
        let _ = write!(out, "### {}\n\n{}\n\n<{}>\n\n", document.title, document.about, document.raw);
        let _ = write!(out, "Show document {} lines\n\n", document.text.lines().count());
        out.push_str(&fenced("json", &document.text));
    }
    let _ = write!(out, "## {DATES}\n\n");
    for (title, value) in facts(agent) {
        let _ = writeln!(out, "- {title}: {}", text(&value));
    }
    out.push('\n');
    if !agent.related.is_empty() {
        let _ = write!(out, "## {RELATED}\n\n{}", agents::markdown(frame, &agent.related, 3));
    }
    let _ = writeln!(out, "{}", link(frame, REPORT, &agent.report));
    out
}

fn claims(out: &mut String, agent: &AgentPage, frame: &Frame) {
    let _ = write!(out, "## {CLAIMS}\n\n");
    if agent.claims.is_empty() {
        let _ = write!(out, "{UNCLAIMED}\n\n");
    }
    for claim in &agent.claims {
        let _ = write!(out, "### {} {}\n\n{}\n\n", claim.kind.title(), text(&claim.target), text(&claim.description()));
        let _ = write!(out, "{} {}\n\n", days(claim), claim.recheck_rule());
        let _ = write!(out, "**{LIMITS}:** {}\n\n", claim.kind.limits());
        if let Some(href) = &claim.evidence {
            let _ = write!(out, "{}\n\n", link(frame, EVIDENCE, href));
        }
    }
    let _ = write!(out, "{}\n\n", link(frame, CHECK, &agent.check));
    if let Some(href) = &agent.explained {
        let _ = write!(out, "{}\n\n", link(frame, MEANING, href));
    }
}

fn samples(out: &mut String, agent: &AgentPage) {
    let _ = write!(out, "## {CALL}\n\n");
    let Some(endpoint) = &agent.endpoint else {
        let _ = write!(out, "{NO_ENDPOINT}\n\n");
        return;
    };
    let _ = write!(out, "{CALL_LEAD}\n\n`{endpoint}`\n\n");
    for example in &agent.examples {
        let _ = write!(out, "{}\n\n{}", example.title, fenced(example.language, &example.code));
    }
}

/// Code block in a fence longer than any backtick run in the code (CommonMark 0.31, section 4.5).
fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n\n", code.trim_end())
}

#[cfg(test)]
mod tests {
    #[test]
    fn fences_are_longer_than_backticks_in_the_code() {
        assert_eq!(super::fenced("json", "a ```` b\n"), "`````json\na ```` b\n`````\n\n");
        assert_eq!(super::fenced("sh", "a"), "```sh\na\n```\n\n");
    }
}
