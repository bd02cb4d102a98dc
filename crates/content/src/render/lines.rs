//! Lines of a source: position of each byte, and a check of nesting before parsing.

/// Offsets of the lines.
pub(crate) struct Lines {
    starts: Vec<usize>,
    first: usize,
}

impl Lines {
    /// Finds the lines. `first` is the number of the source's first line in its file.
    pub(crate) fn new(source: &str, first: usize) -> Self {
        let ends = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect(), first }
    }

    /// Returns the line in the file that contains the byte at `offset`.
    pub(crate) fn of(&self, offset: usize) -> usize {
        self.first + self.starts.partition_point(|start| *start <= offset) - 1
    }
}

/// Finds the first line, from 0, whose quote and list markers nest deeper than `limit`.
///
/// The parser opens a block for each marker, and its cost grows with the square of a line's depth: such a line is
/// rejected before it is parsed.
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

/// Returns true for a thematic break: `* * *` with many stars is no nested list.
fn is_rule(line: &str) -> bool {
    ['*', '-'].into_iter().any(|mark| line.chars().all(|letter| letter == mark || letter == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_offsets_map_to_lines() {
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
