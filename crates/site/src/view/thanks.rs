//! Confirmation page after feedback.

use app::model::{Page, Thanks, View};

use super::frame::frame;
use super::links::page_link;
use crate::context::SiteContext;
use crate::paths;

/// Builds the confirmation, with a link back to the page at `address`, if it exists.
pub fn thanks(context: &SiteContext, address: &str) -> View {
    let back = context.site.index_of(address).map(|index| page_link(context, index));
    let mut frame = frame(context, "Thank you", "Your feedback was recorded.", Some(paths::FEEDBACK), None);
    frame.meta.noindex = true;
    frame.meta.canonical = None;
    frame.meta.markdown = None;
    View { frame, page: Page::Thanks(Thanks { back }) }
}
