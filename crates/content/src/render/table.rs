//! Tables. Alignment uses classes, since the security policy allows no style attributes.

use pulldown_cmark::Alignment;

use super::Renderer;

/// Table under construction.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Renderer<'_> {
    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, column: 0, in_head: false };
        self.out.raw("<div class=\"table-scroll\"><table>\n");
    }

    pub(super) fn open_table_head(&mut self) {
        self.table.in_head = true;
        self.out.raw("<thead><tr>");
    }

    pub(super) fn open_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        let element = if self.table.in_head { "th" } else { "td" };
        self.out.raw(&format!("<{element}{class}>"));
    }

    pub(super) fn close_cell(&mut self) {
        self.close_inline_tags();
        self.table.column += 1;
        self.out.raw(if self.table.in_head { "</th>" } else { "</td>" });
        if self.table.in_head && self.table.column == self.table.alignments.len() {
            self.table.in_head = false;
            self.table.column = 0;
        }
    }

    pub(super) fn close_row(&mut self) {
        self.table.column = 0;
        self.out.raw("</tr>\n");
    }
}
