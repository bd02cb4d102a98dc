//! The did:web tool.

use app::model::{DidWebTool, Page, Place, View};

use super::frame::frame;
use crate::generation::Generation;
use crate::site_paths;

pub(super) const TITLE: &str = "did:web tool";
pub(super) const DESCRIPTION: &str = "Convert a did:web identifier to the URL of its DID document.";

/// The tool, with what the reader gave, if anything.
pub fn did_web(generation: &Generation, input: Option<String>) -> View {
    let mut frame = frame(generation, TITLE, DESCRIPTION, Some(site_paths::DID_WEB), Some(Place::Tools));
    // One address for search engines, whatever was asked.
    frame.meta.noindex = input.is_some();
    View { frame, page: Page::DidWeb(DidWebTool { input, action: generation.site.href(site_paths::DID_WEB) }) }
}
