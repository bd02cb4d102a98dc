//! Lines of a source: where a byte stands, and a look at nesting before the parser works on it.

/// Offsets of the lines.
pub(super) struct Lines {
    starts: Vec<usize>,
    first: usize,
}

impl Lines {
    /// `first` is the number of the source's first line in its file.
    pub(super) fn new(source: &str, first: usize) -> Self {
        let ends = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect(), first }
    }

    /// The line in the file that holds the byte at `offset`.
    pub(super) fn of(&self, offset: usize) -> usize {
        self.first + self.starts.partition_point(|start| *start <= offset) - 1
    }
}

/// The first line, from 0, whose quote and list markers alone nest deeper than `limit`.
///
/// The parser opens a block for each marker, and its work grows with the square of an open line's depth: such a
/// line is refused before it costs anything.
pub(super) fn too_deep(source: &str, limit: usize) -> Option<usize> {
    source.lines().position(|line| {
        let markers = line.split_whitespace().map_while(|word| {
            let quotes = word.bytes().take_while(|byte| *byte == b'>').count();
            let is_list = matches!(word, "-" | "*" | "+")
                || (word.len() <= 10
                    && word.ends_with(['.', ')'])
                    && word[..word.len() - 1].bytes().all(|byte| byte.is_ascii_digit()));
            if quotes > 0 { Some(quotes) } else { is_list.then_some(1) }
        });
        markers.sum::<usize>() > limit && !is_rule(line)
    })
}

/// `* * *` with many stars is a rule, not a list in a list.
fn is_rule(line: &str) -> bool {
    ['*', '-'].into_iter().any(|mark| line.chars().all(|letter| letter == mark || letter == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_on_their_lines() {
        let lines = Lines::new("a\nbc\n\nd", 5);
        assert_eq!([0, 1, 2, 4, 5, 6].map(|offset| lines.of(offset)), [5, 5, 6, 6, 7, 8]);
    }

    #[test]
    fn only_markers_count_as_nesting() {
        assert_eq!(too_deep(&">".repeat(100), 48), Some(0));
        assert_eq!(too_deep(&format!("a\n{}", "- ".repeat(100) + "x"), 48), Some(1));
        assert_eq!(too_deep(&"> ".repeat(10), 48), None);
        assert_eq!(too_deep(&"* ".repeat(100), 48), None);
        assert_eq!(too_deep(&format!("a {}", ">".repeat(100)), 48), None);
    }
}
