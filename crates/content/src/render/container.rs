//! Directives as containers: opened and closed by their lines, within the block in which they began.

use super::Renderer;
use crate::directive::{self, Directive, Line};
use crate::problem::ProblemKind;

/// Open directive.
pub(super) struct Open {
    name: String,
    colons: usize,
    line: usize,
    /// Number of open elements around the directive.
    around: usize,
    /// None for an unknown directive: its content is rendered, and its end is expected.
    directive: Option<&'static dyn Directive>,
}

impl Renderer<'_> {
    pub(super) fn directive_line(&mut self, line: &str) {
        match directive::parse(line) {
            Some(Line::Open { colons, name, title }) => self.open_directive(colons, name, title),
            Some(Line::Close { colons }) => self.close_directive(line, colons),
            None => {}
        }
    }

    fn open_directive(&mut self, colons: usize, name: &str, title: &str) {
        let directive = match directive::find(name) {
            Ok(directive) => Some(directive),
            Err(kind) => {
                self.problem(kind);
                None
            }
        };
        if let Some(Err(reason)) = directive.map(|directive| directive.open(title, &mut self.out)) {
            self.problem(ProblemKind::BadDirective { name: name.to_owned(), reason });
        }
        // The line itself is an element (an HTML block), which doesn't count.
        let around = self.depth - 1;
        self.directives.push(Open { name: name.to_owned(), colons, line: self.line, around, directive });
    }

    /// Closes the innermost directive with the same number of colons; open directives inside it lack their end.
    fn close_directive(&mut self, line: &str, colons: usize) {
        let around = self.depth - 1;
        let fits = |open: &Open| open.colons == colons && open.around == around;
        let Some(index) = self.directives.iter().rposition(fits) else {
            return self.problem(ProblemKind::StrayDirectiveEnd(line.to_owned()));
        };
        while self.directives.len() > index + 1 {
            self.close_forgotten();
        }
        if let Some(directive) = self.directives.pop().and_then(|open| open.directive) {
            directive.close(&mut self.out);
        }
    }

    /// Closes directives that began inside the element at `depth`, which is closing.
    pub(super) fn close_directives_inside(&mut self, depth: usize) {
        while self.directives.last().is_some_and(|open| open.around >= depth) {
            self.close_forgotten();
        }
    }

    fn close_forgotten(&mut self) {
        let Some(open) = self.directives.pop() else { return };
        self.document.problems.push((open.line, ProblemKind::UnclosedDirective(open.name)));
        if let Some(directive) = open.directive {
            directive.close(&mut self.out);
        }
    }
}
