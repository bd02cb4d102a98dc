//! The did:web tool.

use app::model::{DidWebTool, Page, Place, View};

use super::frame::frame;
use crate::generation::Generation;
use crate::site_paths;

pub(super) const TITLE: &str = "Where a did:web lives";
pub(super) const DESCRIPTION: &str =
    "Type a did:web identifier and see the address that its DID document is read from.";

/// The tool, with what the reader gave, if anything.
pub fn did_web(generation: &Generation, input: Option<String>) -> View {
    let mut frame = frame(generation, TITLE, DESCRIPTION, Some(site_paths::DID_WEB), Some(Place::Tools));
    // One address for search engines, whatever was asked.
    frame.meta.noindex = input.is_some();
    View { frame, page: Page::DidWeb(DidWebTool { input, action: generation.site.href(site_paths::DID_WEB) }) }
}
