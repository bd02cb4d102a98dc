//! The form that reports an agent.

use app::model::marketplace::{Reason, ReportPage, ReportState};
use app::model::{Link, Page, Place, View};
use client::AgentId;

use super::data_page::{MODERATION_PAGE, existing_page};
use crate::context::SiteContext;
use crate::marketplace::{Format, PageKey, page_href};
use crate::paths::MARKETPLACE;
use crate::plain_text::plain_text;
use crate::view::frame::frame;

/// Reasons: the API's value and the label.
pub const REASONS: [(&str, &str); 6] = [
    ("impersonation", "Impersonates someone"),
    ("malware", "Harms users or systems"),
    ("spam", "Spam"),
    ("illegal", "Illegal"),
    ("misleading", "Misleading description"),
    ("other", "Other"),
];

/// Builds the form, or its result, with the typed values.
pub fn report(context: &SiteContext, id: AgentId, name: &str, reason: &str, text: &str, state: ReportState) -> View {
    let name = plain_text(name);
    let agent = Link { title: name.clone(), href: page_href(context, &PageKey::Agent(id), Format::Html) };
    let reasons = REASONS.map(|(value, title)| Reason { value, title, is_chosen: value == reason }).to_vec();
    let mut frame = frame(
        context,
        &format!("Report {name}"),
        "Report a problem with this agent to the operators.",
        None,
        Some(Place::Marketplace),
    );
    frame.meta.noindex = true;
    let page = ReportPage {
        agent,
        action: context.site.href(&format!("{MARKETPLACE}/{id}/report")),
        reasons,
        text: text.to_owned(),
        state,
        explained: existing_page(context, MODERATION_PAGE),
    };
    View { frame, page: Page::Report(Box::new(page)) }
}
