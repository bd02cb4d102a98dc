//! `:::files` around nested lists: a tree of files.

use super::{Directive, list};
use crate::markup::Markup;

/// Files and folders, as a tree.
pub(crate) struct Files;

impl Directive for Files {
    fn open(&self, title: &str, out: &mut Markup) -> Result<(), String> {
        list::open("files", title, out)
    }

    fn close(&self, out: &mut Markup) {
        list::close(out);
    }
}
