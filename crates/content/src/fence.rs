//! Info string of a code fence: language, then attributes in any order.

use crate::problem::hint;

/// Supported attributes of a fence.
const ATTRIBUTES: [&str; 11] =
    ["title", "numbers", "wrap", "fold", "ins", "del", "mark", "focus", "group", "tab", "alt"];

/// Maximum line number in an attribute.
const MAX_LINE: usize = 100_000;

/// Marks of a line of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `{2}` or `mark={2}`
    Marked,
    /// `ins={2}`
    Inserted,
    /// `del={2}`
    Deleted,
    /// `focus={2}`: all other lines are dimmed.
    Focused,
}

/// Info string of a fence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fence {
    /// Language, as written; empty if missing.
    pub(crate) language: String,
    /// The caption.
    pub(crate) title: Option<String>,
    /// The number of the first line, where lines are numbered.
    pub(crate) numbers: Option<usize>,
    /// True if long lines wrap.
    pub(crate) wrap: bool,
    /// True if the block is collapsed under its title.
    pub(crate) fold: bool,
    /// The text alternative of a diagram.
    pub(crate) alt: Option<String>,
    /// Group of tabs that the block belongs to.
    pub(crate) group: Option<String>,
    /// Label of the tab.
    pub(crate) tab: Option<String>,
    /// Marked lines: first and last, from 1.
    pub(crate) marks: Vec<(usize, usize, Mark)>,
}

impl Fence {
    /// Parses an info string. The second value lists the invalid parts, which are ignored.
    pub(crate) fn parse(info: &str) -> (Self, Vec<String>) {
        let mut fence = Self::default();
        let mut wrong = Vec::new();
        let mut words = Words(info.trim());
        if !info.trim_start().starts_with('{') {
            words.next().unwrap_or_default().clone_into(&mut fence.language);
        }
        for word in words {
            if let Err(reason) = fence.attribute(word) {
                wrong.push(reason);
            }
        }
        if fence.tab.is_some() && fence.group.is_none() {
            wrong.push("`tab` needs a `group`".to_owned());
        }
        (fence, wrong)
    }

    fn attribute(&mut self, word: &str) -> Result<(), String> {
        if word.starts_with('{') {
            return self.lines(word, Mark::Marked);
        }
        let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
        let text = || {
            let value = value.unwrap_or_default().trim_matches('"');
            if value.is_empty() {
                Err(format!("`{key}` needs a value, as {key}=\"…\""))
            } else {
                Ok(Some(value.to_owned()))
            }
        };
        match key {
            "title" => self.title = text()?,
            "group" => self.group = text()?,
            "tab" => self.tab = text()?,
            "wrap" => self.wrap = true,
            "fold" => self.fold = true,
            "alt" => self.alt = text()?,
            "numbers" => {
                let first = value.unwrap_or("1").trim_matches('"').parse().ok().filter(|first| *first <= MAX_LINE);
                self.numbers = Some(first.ok_or_else(|| "`numbers` needs the number of the first line".to_owned())?);
            }
            "mark" => self.lines(value.unwrap_or_default(), Mark::Marked)?,
            "ins" => self.lines(value.unwrap_or_default(), Mark::Inserted)?,
            "del" => self.lines(value.unwrap_or_default(), Mark::Deleted)?,
            "focus" => self.lines(value.unwrap_or_default(), Mark::Focused)?,
            _ => return Err(format!("unknown attribute `{key}`{}", hint(key, ATTRIBUTES))),
        }
        Ok(())
    }

    fn lines(&mut self, braced: &str, mark: Mark) -> Result<(), String> {
        let wrong = || format!("`{braced}` lists no lines. Write them as {{2,4-6}}");
        let list = braced.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).ok_or_else(wrong)?;
        for part in list.split(',').map(str::trim) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let first: usize = first.trim().parse().map_err(|_| wrong())?;
            let last: usize = last.trim().parse().map_err(|_| wrong())?;
            if first == 0 || last < first || last > MAX_LINE {
                return Err(wrong());
            }
            self.marks.push((first, last, mark));
        }
        Ok(())
    }

    /// Returns the mark of a line, numbered from 1. Inserted and deleted take precedence over marked.
    pub(crate) fn mark_of(&self, line: usize) -> Option<Mark> {
        let of_line = self.marks.iter().filter(|(first, last, _)| (*first..=*last).contains(&line));
        let of_line = of_line.map(|(_, _, mark)| *mark).filter(|mark| *mark != Mark::Focused);
        of_line.max_by_key(|mark| *mark != Mark::Marked)
    }

    /// Returns true if the line is dimmed because others are in focus.
    pub(crate) fn is_out_of_focus(&self, line: usize) -> bool {
        let mut focused = self.marks.iter().filter(|(_, _, mark)| *mark == Mark::Focused).peekable();
        focused.peek().is_some() && !focused.any(|(first, last, _)| (*first..=*last).contains(&line))
    }

    /// Returns true if each line needs a separate element.
    pub(crate) fn needs_lines(&self) -> bool {
        self.numbers.is_some() || !self.marks.is_empty()
    }
}

/// Words of an info string; quotes and braces may contain spaces.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start();
        if text.is_empty() {
            return None;
        }
        let (mut quoted, mut braced) = (false, false);
        let end = text.find(|letter: char| {
            match letter {
                '"' => quoted = !quoted,
                '{' if !quoted => braced = true,
                '}' if !quoted => braced = false,
                _ => {}
            }
            letter.is_whitespace() && !quoted && !braced
        });
        let (word, rest) = text.split_at(end.unwrap_or(text.len()));
        self.0 = rest;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_parsed_in_any_order() {
        let (fence, wrong) =
            Fence::parse("rust wrap title=\"src/a b.rs\" {1, 3-4} numbers=7 ins={5} del={6} group=x tab=\"On a Mac\"");
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!((fence.language.as_str(), fence.title.as_deref()), ("rust", Some("src/a b.rs")));
        assert_eq!((fence.numbers, fence.wrap), (Some(7), true));
        assert_eq!((fence.group.as_deref(), fence.tab.as_deref()), (Some("x"), Some("On a Mac")));
        let marks: Vec<_> = (1..=7).map(|line| fence.mark_of(line)).collect();
        let (m, i, d) = (Some(Mark::Marked), Some(Mark::Inserted), Some(Mark::Deleted));
        assert_eq!(marks, [m, None, m, m, i, d, None]);
    }

    #[test]
    fn lines_outside_the_focus_range_are_out_of_focus() {
        let (fence, wrong) = Fence::parse("rust fold focus={2-3} {3}");
        assert_eq!((wrong, fence.fold), (Vec::new(), true));
        assert_eq!([1, 2, 3, 4].map(|line| fence.is_out_of_focus(line)), [true, false, false, true]);
        assert_eq!((fence.mark_of(2), fence.mark_of(3)), (None, Some(Mark::Marked)));
        assert!(!Fence::parse("rust {2}").0.is_out_of_focus(1));
    }

    #[test]
    fn invalid_attributes_are_reported_with_advice() {
        let wrong = |info| Fence::parse(info).1.join("; ");
        assert_eq!(wrong("rust tilte=x"), "unknown attribute `tilte`. Did you mean `title`?");
        assert_eq!(wrong("rust {0}"), "`{0}` lists no lines. Write them as {2,4-6}");
        assert_eq!(wrong("rust {4-2}"), "`{4-2}` lists no lines. Write them as {2,4-6}");
        assert_eq!(wrong("rust tab=a"), "`tab` needs a `group`");
        assert_eq!(wrong("rust title"), "`title` needs a value, as title=\"…\"");
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_info_strings_parse_without_panic(info in ".{0,60}") {
            let _ = Fence::parse(&info);
        }
    }
}
