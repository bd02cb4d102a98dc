use reqwest::Method;
use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_LOCATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};

use crate::support::{Portal, Setup, page};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
const AGENT: &str = "text/markdown, text/html, */*";

#[tokio::test]
async fn every_page_is_available_as_markdown() {
    let portal = Setup::new()
        .file("docs/linked.md", &page("Linked", "See [the guide](guide.md#part).\n\n:::details Why\nBecause.\n:::\n"))
        .flag("site-url", "https://example.com")
        .start()
        .await;
    for path in ["/index.md", "/docs.md", "/quickstarts.md", "/changelog.md", "/tools/did-web.md", "/search.md"] {
        let response = portal.get(path).await;
        assert_eq!(
            (response.status().as_u16(), &response.headers()[CONTENT_TYPE]),
            (200, &"text/markdown; charset=utf-8".parse().unwrap()),
            "{path}"
        );
    }
    let response = portal.get("/docs/linked.md").await;
    assert!(response.headers()["x-markdown-tokens"].to_str().unwrap().parse::<usize>().unwrap() > 20);
    let text = response.text().await.expect("text");
    let expected = "---\ntitle: \"Linked\"\ncanonical: \"https://example.com/docs/linked\"\n---\n\n> All pages as Markdown: https://example.com/llms.txt\n\n# Linked\n\nAbout Linked.\n\nSee [the guide](https://example.com/docs/guide#part).\n\n**Why**\n\nBecause.\n";
    assert_eq!(text, expected);
}

#[tokio::test]
async fn markdown_at_the_url_of_a_page_is_negotiated_and_not_cached() {
    let portal = Portal::start().await;
    for recompressed in [false, true] {
        if recompressed {
            portal.recompressed().await;
        }
        for path in ["/", "/docs", "/docs/guide", "/changelog"] {
            let ask = |accept| portal.request(Method::GET, path).header(ACCEPT, accept).send();
            let html = ask(BROWSER).await.expect("a response");
            assert!(html.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("text/html"), "{path}");
            assert!(html.headers()[VARY].to_str().unwrap().contains("accept,"), "{path}");
            let text = ask(AGENT).await.expect("a response");
            assert_eq!(
                text.headers()[CONTENT_TYPE],
                "text/markdown; charset=utf-8",
                "{path}, recompressed: {recompressed}"
            );
            assert_eq!(text.headers()[CACHE_CONTROL], "private, no-store", "{path}");
            assert!(text.headers()[VARY].to_str().unwrap().contains("accept,"), "{path}");
            assert_ne!(text.headers()[ETAG], html.headers()[ETAG], "{path}");
            let own = text.headers()[CONTENT_LOCATION].to_str().unwrap().to_owned();
            assert_eq!(portal.text(&own).await, text.text().await.expect("text"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_304_response_includes_vary_and_html_and_markdown_have_distinct_etags() {
    let portal = Portal::start().await;
    for (path, accept) in [("/docs/guide", AGENT), ("/docs/guide", BROWSER), ("/docs/guide.md", BROWSER)] {
        let ask = || portal.request(Method::GET, path).header(ACCEPT, accept);
        let tag = ask().send().await.expect("a response").headers()[ETAG].clone();
        let again = ask().header(IF_NONE_MATCH, &tag).send().await.expect("a response");
        assert_eq!(again.status(), 304, "{path}");
        assert!(again.headers()[VARY].to_str().unwrap().contains("accept,"), "{path}");
    }
    // The ETag of the HTML doesn't match the Markdown.
    let html = portal.request(Method::GET, "/docs/guide").header(ACCEPT, BROWSER).send().await.expect("a response");
    let ask =
        portal.request(Method::GET, "/docs/guide").header(ACCEPT, AGENT).header(IF_NONE_MATCH, &html.headers()[ETAG]);
    assert_eq!(ask.send().await.expect("a response").status(), 200);
}

#[tokio::test]
async fn errors_are_markdown_if_the_request_prefers_it() {
    let portal = Portal::start().await;
    let ask = |path, accept| portal.request(Method::GET, path).header(ACCEPT, accept).send();
    let text = ask("/docs/giude", AGENT).await.expect("a response");
    assert_eq!(
        (text.status().as_u16(), &text.headers()[CONTENT_TYPE]),
        (404, &"text/markdown; charset=utf-8".parse().unwrap())
    );
    assert!(text.headers()[VARY].to_str().unwrap().contains("accept"));
    let text = text.text().await.expect("text");
    assert!(text.contains("# Page not found") && text.contains("[Guide](http://localhost:3000/docs/guide)"), "{text}");
    let html = ask("/docs/giude", BROWSER).await.expect("a response");
    assert!(html.headers()[VARY].to_str().unwrap().contains("accept"));
    assert_eq!(portal.get("/docs/nothing.md").await.status(), 404);
}

#[tokio::test]
async fn markdown_urls_include_the_base_path() {
    let portal = Setup::new().flag("base-path", "/developers").start().await;
    assert_eq!(portal.get("/index.md").await.status(), 200);
    let home = portal.request(Method::GET, "").header(ACCEPT, AGENT).send().await.expect("a response");
    assert_eq!(home.headers()[CONTENT_LOCATION], "/developers/index.md");
    assert!(portal.text("/llms.txt").await.contains("http://localhost:3000/developers/docs/guide.md"));
}
