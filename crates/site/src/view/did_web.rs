//! The did:web tool.

use app::model::{DidWebTool, Page, Place, View};

use super::frame::frame;
use crate::context::SiteContext;
use crate::paths;

pub(super) const TITLE: &str = "did:web tool";
pub(super) const DESCRIPTION: &str = "Convert a did:web identifier to the URL of its DID document.";

/// Builds the tool for an input.
pub fn did_web(context: &SiteContext, input: Option<String>) -> View {
    let mut frame = frame(context, TITLE, DESCRIPTION, Some(paths::DID_WEB), Some(Place::Tools));
    // A single URL for search engines, regardless of the input.
    frame.meta.noindex = input.is_some();
    View { frame, page: Page::DidWeb(DidWebTool { input, action: context.site.href(paths::DID_WEB) }) }
}
