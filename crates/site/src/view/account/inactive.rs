//! Page of an organization that can't act: suspended, or its deletion was requested.

use app::model::View;
use app::model::account::{AccountState, InactiveOrganization};
use client::types::{Organization, OrganizationState};

use super::{minute, view};
use crate::context::SiteContext;
use crate::forms::FormFeedback;
use crate::paths::{ACCOUNT, GET_STARTED};
use crate::plain_text::plain_text;
use crate::view::onboarding::deletion_time;

/// Builds the page of an organization that can't act.
pub fn inactive(context: &SiteContext, organization: &Organization, feedback: &FormFeedback) -> View {
    let site = &context.site;
    let name = plain_text(&organization.name);
    let (text, restore) = match (&organization.suspension_reason, deletion_time(organization)) {
        (Some(reason), _) => {
            let reason = plain_text(reason);
            // Only confirmed addresses got an email.
            let appeal = match organization.state {
                OrganizationState::Verified => "To appeal, reply to the email about it.",
                _ => "To appeal, contact the operator.",
            };
            (
                format!(
                    "The operator suspended “{name}”: its agents are not listed, and its tokens and secrets don’t work. Reason: {reason}. {appeal}"
                ),
                None,
            )
        }
        (None, ends) => {
            let ends = ends.map(|ends| format!(" on {}", minute(ends))).unwrap_or_default();
            let restore = site.href(&format!("{ACCOUNT}/restore"));
            (
                format!(
                    "“{name}” is being deleted: its agents are not listed, and its tokens and secrets don’t work. All data is deleted{ends}. You can restore the organization until then."
                ),
                Some(restore),
            )
        }
    };
    let page = InactiveOrganization {
        id: organization.organization_id.to_string(),
        text,
        restore,
        sign_out_url: site.href(&format!("{GET_STARTED}/leave")),
    };
    view(context, "Your organization", feedback.notice.clone(), AccountState::Inactive(page))
}
