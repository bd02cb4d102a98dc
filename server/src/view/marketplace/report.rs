//! The page on which an agent is reported.

use app::model::marketplace::{Reason, ReportPage, ReportState};
use app::model::{Link, Page, Place, View};
use client::AgentId;

use super::super::frame::frame;
use super::{MODERATION, href, page};
use crate::generation::Generation;
use crate::marketplace::{Form, Subject, plain};
use crate::site_paths::MARKETPLACE;

/// Classes of reasons, as the API writes them, and what they mean.
pub const REASONS: [(&str, &str); 6] = [
    ("impersonation", "Impersonates someone"),
    ("malware", "Harms users or systems"),
    ("spam", "Spam"),
    ("illegal", "Illegal"),
    ("misleading", "Misleading description"),
    ("other", "Other"),
];

/// The form, or what came of it; with what was typed.
pub fn report(generation: &Generation, id: AgentId, name: &str, reason: &str, text: &str, state: ReportState) -> View {
    let name = plain(name);
    let agent = Link { title: name.clone(), href: href(generation, &Subject::Agent(id), Form::Html) };
    let reasons = REASONS.map(|(value, title)| Reason { value, title, is_chosen: value == reason }).to_vec();
    let mut frame = frame(
        generation,
        &format!("Report {name}"),
        "Report a problem with this agent to the operators.",
        None,
        Some(Place::Marketplace),
    );
    frame.meta.noindex = true;
    let page = ReportPage {
        agent,
        action: generation.site.href(&format!("{MARKETPLACE}/{id}/report")),
        reasons,
        text: text.to_owned(),
        state,
        explained: page(generation, MODERATION),
    };
    View { frame, page: Page::Report(Box::new(page)) }
}
