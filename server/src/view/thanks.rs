//! Where a reader is led who said whether a page was useful.

use app::model::{Page, Thanks, View};

use super::frame::frame;
use super::link;
use crate::generation::Generation;
use crate::site_paths;

/// Thanks, with a way back to the page at `address`, if there is one.
pub fn thanks(generation: &Generation, address: &str) -> View {
    let back = generation.site.index_of(address).map(|index| link(generation, index));
    let mut frame = frame(generation, "Thank you", "Your feedback was recorded.", Some(site_paths::FEEDBACK), None);
    frame.meta.noindex = true;
    frame.meta.canonical = None;
    frame.meta.markdown = None;
    View { frame, page: Page::Thanks(Thanks { back }) }
}
