use crate::support::{Portal, Setup, page};

#[tokio::test]
async fn a_page_contains_its_metadata_navigation_and_highlighted_code() {
    let portal = Setup::new().flag("edit-url", "https://example.com/edit/main/content").start().await;
    let html = portal.text("/docs/guide").await;
    for part in [
        "<!DOCTYPE html>",
        "<title>Guide · SentryAgent</title>",
        "<link rel=\"canonical\" href=\"http://localhost:3000/docs/guide\">",
        "<h1>Guide</h1>",
        "<h2 id=\"part\"><a href=\"#part\">Part</a></h2>",
        "aria-label=\"Breadcrumbs\"",
        "href=\"https://example.com/edit/main/content/docs/guide.md\"",
        "<span class=\"k\">fn",
        "aria-current=\"page\"",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(html.ends_with("</html>"));
}

#[tokio::test]
async fn no_page_has_inline_scripts_or_styles_and_only_the_did_web_tool_loads_wasm() {
    let portal = Portal::start().await;
    for path in ["/", "/docs", "/docs/guide", "/quickstarts", "/changelog", "/tools/did-web", "/nothing"] {
        let html = portal.text(path).await;
        assert!(
            !html.contains("<script>")
                && !html.contains("style=")
                && !html.contains("nonce")
                && !html.contains("<style"),
            "{path}: {html}"
        );
        for (at, _) in html.match_indices("<script") {
            let tag = html[at..].split('>').next().unwrap_or_default();
            // A data block isn't a script: browsers don't run it.
            assert!(tag.contains(" src=\"/assets/") || tag.contains("application/ld+json"), "{path}: {tag}");
        }
        assert_eq!(html.contains(".wasm"), path == "/tools/did-web", "{path}");
    }
}

#[tokio::test]
async fn text_from_content_and_requests_is_escaped() {
    let title = "</title><script>alert(1)</script>";
    let portal = Setup::new().file("docs/evil.md", &page(&format!("\"{title}\""), "Text.\n")).start().await;
    for path in ["/docs/evil", "/docs", "/nothing%3Cscript%3E", "/tools/did-web?did=%3C/title%3E%3Cscript%3E"] {
        let html = portal.text(path).await;
        assert!(!html.contains("<script>") && !html.contains("<script>alert"), "{path}: {html}");
    }
    assert!(
        portal
            .text("/docs/evil")
            .await
            .contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; · SentryAgent</title>")
    );
}

#[tokio::test]
async fn drafts_are_served_only_in_development() {
    let draft = "---\ntitle: Draft\ndescription: D.\ndraft: true\n---\n";
    let production = Setup::new().file("docs/draft.md", draft).start().await;
    assert_eq!(production.get("/docs/draft").await.status(), 404);
    assert!(!production.text("/docs").await.contains("/docs/draft"));
    let development = Setup::new().file("docs/draft.md", draft).flag("env", "development").start().await;
    let html = development.text("/docs/draft").await;
    assert!(html.contains("<span class=\"badge draft\">Draft</span>") && html.contains("noindex"), "{html}");
}

#[tokio::test]
async fn an_invalid_page_returns_500_with_its_error_and_other_pages_still_work() {
    let portal = Setup::new().file("docs/broken.md", "---\ntitle: [\n---\n").start().await;
    let response = portal.get("/docs/broken").await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let html = response.text().await.expect("text");
    assert!(html.contains("can’t be shown") && html.contains("docs/broken.md:"), "{html}");
    assert_eq!(portal.get("/docs/guide").await.status(), 200);
}

#[tokio::test]
async fn a_section_without_an_index_page_lists_its_pages() {
    let portal = Portal::start().await;
    let html = portal.text("/quickstarts").await;
    assert!(html.contains("<h1>Quickstarts</h1>") && html.contains("href=\"/quickstarts/run\""), "{html}");
}

#[tokio::test]
async fn a_page_links_to_the_previous_and_the_next_page() {
    let portal = Setup::new().file("docs/z.md", &page("Zulu", "")).start().await;
    let html = portal.text("/docs/guide").await;
    assert!(html.contains("rel=\"prev\" href=\"/docs\"") || html.contains("href=\"/docs\" class=\"before\""), "{html}");
    assert!(html.contains("/docs/z"), "{html}");
}

/// Renders a page of a site with `chapters` chapters of twelve pages each.
async fn render_page_in_site_of(chapters: usize) -> String {
    let mut setup = Setup::new();
    for chapter in 0..chapters {
        for number in 0..12 {
            let path = format!("docs/chapter-{chapter:03}/folder/page-{number:02}.md");
            setup = setup.file(&path, &page(&format!("Chapter {chapter} page {number}"), "Text.\n"));
        }
    }
    setup.start().await.text("/docs/chapter-000/folder/page-03").await
}

#[tokio::test]
async fn a_page_has_at_most_15_more_links_on_a_large_site_than_on_a_small_site() {
    let links = |html: &str| html.matches("<a ").count();
    let (small, large) = (links(&render_page_in_site_of(1).await), links(&render_page_in_site_of(60).await));
    assert!(large <= small + 15, "{small} links in a site of 12 pages, {large} in one of 720");
}
