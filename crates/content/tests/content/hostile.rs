//! Input that means harm: always an answer, never a panic, and never for long.

#![allow(clippy::format_collect, reason = "inputs are made once")]

use std::time::{Duration, Instant};

use crate::support::{Folder, render};

/// So wide that only a hang or a square of the input breaks it.
const A_HANG: Duration = Duration::from_secs(20);

#[test]
fn deeply_nested_and_repetitive_markdown_renders_in_bounded_time() {
    let many = 100_000;
    let inputs = [
        ">".repeat(many),
        "> ".repeat(many),
        "[".repeat(many),
        "*".repeat(many),
        "*a ".repeat(many),
        "_a*".repeat(many),
        "![".repeat(many),
        "- ".repeat(many),
        "1. ".repeat(many),
        "`".repeat(many),
        "a`b``".repeat(many),
        "<".repeat(many),
        "<!--".repeat(many),
        "~~a".repeat(many),
        "|a".repeat(many),
        format!("{}\n{}\n", "|a".repeat(2000), "|-".repeat(2000)) + &"|\n".repeat(5000),
        "[^a]: ".repeat(many),
        "[a](".repeat(many),
        "&".repeat(many),
        (0..400).map(|depth| format!("{}- a\n", " ".repeat(depth * 2))).collect(),
        (0..2000).map(|depth| format!("{}> a\n", ">".repeat(depth % 60))).collect(),
        ":::details a\n".repeat(5000),
        ":::\n".repeat(many),
        "## a\n\n".repeat(20_000),
        "[a]: b\n".repeat(20_000),
        "a[^1]".repeat(20_000) + "\n\n[^1]: b\n",
        "term\n: def\n".repeat(20_000),
        "\\".repeat(many),
        "http://".repeat(20_000),
    ];
    for input in inputs {
        let start = Instant::now();
        let _ = render(&input);
        let name: String = input.chars().take(12).collect();
        assert!(start.elapsed() < A_HANG, "{name:?} took {:?}", start.elapsed());
    }
}

#[test]
fn hostile_front_matter_loads_in_bounded_time() {
    for yaml in [
        "title: &a [*a]".to_owned(),
        format!("title: {}", "[".repeat(50_000)),
        format!("title: {}", "{a: ".repeat(50_000)),
        (0..30).map(|level| format!("k{level}: &k{level} [*k{0}, *k{0}]\n", level - 1)).collect(),
        "? - :".to_owned(),
        "title: !!binary x".to_owned(),
        "--- \n---".to_owned(),
        "title: |\n  a\n b".to_owned(),
        format!("title: {}", "a".repeat(500_000)),
    ] {
        let start = Instant::now();
        let folder = Folder::new().file("docs/a.md", format!("---\n{yaml}\n---\nText.\n"));
        let site = folder.load();
        assert!(site.page("/docs/a").is_some());
        assert!(start.elapsed() < A_HANG, "{:?}", start.elapsed());
    }
}

#[test]
fn overlapping_elements_are_closed_in_order() {
    for body in ["~<kbd>~", "a *b <kbd>c* d</kbd>", "[a <sub>](https://example.com)</sub>", "**<mark>x**</mark>"] {
        assert_eq!(balanced(&render(body)), Ok(()), "{body}");
    }
}

#[test]
fn highlighting_time_is_bounded() {
    let line = format!("let a = {};\n", "\"a\\".repeat(600));
    for language in ["rust", "typescript", "bash", "markdown", "html", "php"] {
        let start = Instant::now();
        let _ = render(&format!("```{language}\n{}```\n", line.repeat(20)));
        let _ = render(&format!("```{language}\n{}\n```\n", "x".repeat(900_000)));
        assert!(start.elapsed() < A_HANG, "{language} took {:?}", start.elapsed());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(3000))]

    #[test]
    fn arbitrary_text_renders_balanced_elements(body in "([a-z0-9 \\n>*_`~|#:\\[\\]()<!/&\\\\^-]|:::steps\\n|:::details x\\n|\\n:::\\n|```rust\\n|\\[\\^1\\]|<kbd>|</kbd>|- |1\\. ){0,60}") {
        let html = render(&body);
        if let Err(wrong) = balanced(&html) {
            proptest::prop_assert!(false, "{wrong} in {html:?} of {body:?}");
        }
    }
}

/// Every element that is opened is closed, in order.
fn balanced(html: &str) -> Result<(), String> {
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            let last: Option<&str> = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
        } else if !["br", "wbr", "hr", "img", "input"].contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}
