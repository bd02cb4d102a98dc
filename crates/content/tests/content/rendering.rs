//! What authors write, and the markup that readers get.

use crate::support::{Folder, render};

#[track_caller]
fn shows(body: &str, expected: &str) {
    let html = render(body);
    assert!(html.contains(expected), "expected {expected}\nin {html}");
}

#[test]
fn headings_link_to_themselves() {
    shows("## Run `it` now\n", "<h2 id=\"run-it-now\"><a href=\"#run-it-now\">Run <code>it</code> now</a></h2>");
    shows("## Own {#mine}\n", "<h2 id=\"mine\"><a href=\"#mine\">Own</a></h2>");
    shows("## A [link](index.md)\n", "<h2 id=\"a-link\"><a href=\"#a-link\">A link</a></h2>");
}

#[test]
fn github_tables_align_by_class() {
    shows(
        "| a | b | c |\n| --- | --: | :-: |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n",
        "<div class=\"table-scroll\"><table>\n<thead><tr><th>a</th><th class=\"right\">b</th><th class=\"center\">c</th></tr></thead>\n<tbody>\n<tr><td>1</td><td class=\"right\">2</td><td class=\"center\">3</td></tr>\n<tr><td>4</td>",
    );
}

#[test]
fn task_lists_strikethrough_and_definition_lists_are_rendered() {
    shows(
        "- [x] a\n- [ ] b\n",
        "<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>",
    );
    shows("~~a~~\n", "<del>a</del>");
    shows("Term\n: What it is.\n", "<dl>\n<dt>Term</dt>\n<dd>What it is.</dd>\n</dl>");
}

#[test]
fn github_alerts_render_as_callouts() {
    shows(
        "> [!WARNING]\n> Hot.\n",
        "<div class=\"callout warning\" role=\"note\"><p class=\"callout-title\">Warning</p>\n<p>Hot.</p>\n</div>",
    );
    shows("> Quote.\n", "<blockquote>\n<p>Quote.</p>\n</blockquote>");
}

#[test]
fn footnotes_are_numbered_in_order_of_reference() {
    let html = render("B[^b], a[^a], b[^b].\n\n[^a]: First *defined*.\n[^b]: Second, see [docs](index.md).\n");
    assert!(html.contains("B<sup><a id=\"fnref-1\" href=\"#fn-1\" aria-label=\"Footnote 1\">1</a></sup>"), "{html}");
    assert!(html.contains("<a id=\"fnref-1-2\" href=\"#fn-1\""), "{html}");
    let notes = html.split("<section class=\"footnotes\"").nth(1).expect("notes");
    let (first, second) = notes.split_once("<li id=\"fn-2\">").expect("two notes");
    assert!(first.contains("Second, see <a href=\"/docs\">docs</a>"), "{notes}");
    assert!(second.contains("First <em>defined</em>"), "{notes}");
}

#[test]
fn code_is_highlighted_with_classes_and_escaped() {
    let html = render("```rust title=\"a <b>.rs\"\nlet a = \"<\";\n```\n");
    assert!(
        html.contains(
            "<figure class=\"code\"><figcaption>a &lt;b&gt;.rs</figcaption><pre><code class=\"language-rust\">"
        ),
        "{html}"
    );
    assert!(html.contains("<span class=\"s\">&quot;&lt;&quot;</span>;</code>"), "{html}");
    assert!(!html.contains("style="));
}

#[test]
fn lines_are_numbered_and_marked() {
    let html = render("```text numbers=9 {1} ins={2} del={3}\na\nb\nc\nd\n```\n");
    assert!(html.contains("<pre class=\"numbered\">"));
    assert!(html.contains("<mark class=\"l\" data-n=\"9\">a\n</mark><ins class=\"l\" data-n=\"10\">b\n</ins><del class=\"l\" data-n=\"11\">c\n</del><span class=\"l\" data-n=\"12\">d\n</span>"), "{html}");
}

#[test]
fn adjacent_code_blocks_of_one_group_become_tabs() {
    let html = render(
        "```bash group=os\na\n```\n```text group=os tab=\"B & C\"\nb\n```\n\nText.\n\n```bash group=os\nc\n```\n",
    );
    assert!(html.contains("<div class=\"tabs\" data-group=\"os\">\n<details name=\"tabs-1\" data-tab=\"Shell\" open><summary>Shell</summary>"), "{html}");
    assert!(html.contains("<details name=\"tabs-1\" data-tab=\"B &amp; C\"><summary>B &amp; C</summary>"), "{html}");
    assert_eq!(html.matches("class=\"tabs\"").count(), 1, "a single block is not a tab group: {html}");
    let html = render(
        "```go group=l\na\n```\n```rust group=l\nb\n```\n```bash group=l tab=Go\nc\n```\n```bash group=l tab=Rust\nd\n```\n",
    );
    assert_eq!(html.matches("class=\"tabs\"").count(), 2, "a repeated label starts a new group: {html}");
}

#[test]
fn console_blocks_distinguish_prompt_command_and_output() {
    let html = render("```console\n$ make \\\n  run\nhttp://localhost <ready>\n$ ls\n```\n");
    let text = html.replace("<span class=\"n\">", "");
    assert!(text.contains("<span class=\"p\">$ </span><span class=\"cmd\">"), "{html}");
    assert!(
        html.contains("<span class=\"out\">http://localhost &lt;ready&gt;</span>\n<span class=\"p\">$ </span>"),
        "{html}"
    );
    assert_eq!(html.matches("class=\"cmd\"").count(), 2, "{html}");
}

#[test]
fn directives_contain_markdown_without_blank_lines() {
    shows(
        ":::steps\n1. One\n2. Two\n:::\nAfter.\n",
        "<div class=\"steps\"><ol>\n<li>One</li>\n<li>Two</li>\n</ol>\n</div><p>After.</p>",
    );
    shows(
        "::::details If <it> fails\n:::steps\n1. One\n:::\n::::\n",
        "<details class=\"fold\"><summary>If &lt;it&gt; fails</summary><div><div class=\"steps\"><ol>\n<li>One</li>\n</ol>\n</div></div></details>",
    );
    shows(
        "- a\n\n  :::details T\n  b\n  :::\n- c\n",
        "<details class=\"fold\"><summary>T</summary><div><p>b</p>\n</div></details></li>",
    );
}

#[test]
fn directives_in_code_are_not_interpreted() {
    shows("```markdown\n:::steps\n1. One\n:::\n```\n", ":::steps\n");
    assert!(!render("```text\n:::steps\n:::\n```\n").contains("class=\"steps\""));
    shows("    :::details x\n", ":::details x");
}

#[test]
fn links_resolve_to_urls_and_images_have_dimensions() {
    let folder = Folder::new()
        .page("docs/b c.md", "## Here\n")
        .file("docs/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"/>")
        .page("docs/a.md", "[b](<b c.md#here>) [r](/changelog?x=1&y=2) [s](#s) ![A <picture>](p.svg)\n\n## S\n");
    let mut options = folder.options();
    options.base = "/developers".into();
    let site = content::Site::load(&options, None).expect("a site");
    let html = site.body(site.page("/docs/a").expect("the page"));
    assert!(html.contains("<a href=\"/developers/docs/b%20c#here\">b</a>"), "{html}");
    assert!(html.contains("<a href=\"/developers/changelog?x=1&amp;y=2\">r</a>"), "{html}");
    assert!(html.contains("<a href=\"#s\">s</a>"), "{html}");
    assert!(html.contains("<img src=\"/developers/media/docs/p."), "{html}");
    assert!(html.contains("width=\"40\" height=\"20\" alt=\"A &lt;picture&gt;\" loading=\"lazy\""), "{html}");
}

#[test]
fn html_is_escaped_except_for_allowed_inline_elements() {
    let html = render(
        "a <kbd>Ctrl</kbd><br>b <script>alert(1)</script> <b onclick=x>c</b> <!-- gone --> <sub>open\n\n<div onclick=x>\nhi\n</div>\n",
    );
    assert!(html.contains("<kbd>Ctrl</kbd><br>b &lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    assert!(html.contains("<sub>open</sub></p>"), "{html}");
    assert!(html.contains("&lt;div onclick=x&gt;"), "{html}");
    assert!(!html.contains("gone"), "{html}");
}

#[test]
fn unsafe_links_have_no_href() {
    shows("[a](javascript:alert(1))\n", "<a>a</a>");
    shows("[a](data:text/html,x)\n", "<a>a</a>");
    shows("[a](//evil.example)\n", "<a>a</a>");
}
