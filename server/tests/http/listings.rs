use crate::support::{Setup, page};

const DRAFT: &str = "---\ntitle: Secret plan\ndescription: D.\ndraft: true\n---\nplan\n";

#[tokio::test]
async fn a_draft_returns_404_and_appears_in_no_list_feed_or_search_result() {
    let portal = Setup::new().file("docs/secret-plan.md", DRAFT).file("changelog/secret-plan.md", DRAFT).start().await;
    for path in [
        "/",
        "/docs",
        "/docs.md",
        "/docs/guide",
        "/changelog",
        "/changelog.md",
        "/changelog/feed.xml",
        "/llms.txt",
        "/docs/llms.txt",
        "/llms-full.txt",
        "/sitemap.xml",
        "/search?q=secret+plan",
        "/search.json?q=secret+plan",
    ] {
        let text = portal.text(path).await;
        assert!(!text.contains("secret-plan") && !text.contains("Secret plan"), "{path}: {text}");
    }
    for path in ["/docs/secret-plan", "/docs/secret-plan.md", "/changelog/secret-plan"] {
        assert_eq!(portal.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn llms_txt_lists_every_page_and_is_split_by_folder_on_a_large_site() {
    let small = Setup::new().flag("site-url", "https://example.com").start().await;
    let text = small.text("/llms.txt").await;
    assert!(text.starts_with("# ") && text.contains("\n> ") && text.contains("\n## Docs\n"), "{text}");
    assert!(text.contains("- [Guide](https://example.com/docs/guide.md): About Guide.\n"), "{text}");

    let mut large = Setup::new();
    for folder in 0..12 {
        for number in 0..60 {
            large = large.file(
                &format!("docs/part-{folder}/page-{number}.md"),
                &page(&format!("Page {number} of part {folder}"), ""),
            );
        }
    }
    let large = large.start().await;
    let mut waiting = vec!["/llms.txt".to_owned()];
    let (mut pages, mut lists) = (std::collections::BTreeSet::new(), 0);
    while let Some(path) = waiting.pop() {
        let text = large.text(&path).await;
        assert!(text.chars().count() < 50_000, "{path}: {}", text.chars().count());
        lists += 1;
        for address in text.split("](http://localhost:3000").skip(1).filter_map(|rest| rest.split(')').next()) {
            if address.ends_with("/llms.txt") {
                waiting.push(address.to_owned());
            } else if pages.insert(address.to_owned()) && pages.len() % 50 == 0 {
                assert_eq!(large.get(address).await.status(), 200, "{address}");
            }
        }
    }
    assert!(
        lists > 10 && pages.iter().filter(|page| page.contains("/part-")).count() == 720,
        "{lists} lists, {} pages",
        pages.len()
    );
}

#[tokio::test]
async fn the_sitemap_lists_only_pages_and_only_known_modification_dates() {
    let portal = Setup::new()
        .file("docs/dated.md", "---\ntitle: D & D\ndescription: D.\nupdated: 2026-03-04\n---\n")
        .flag("site-url", "https://example.com")
        .start()
        .await;
    let response = portal.get("/sitemap.xml").await;
    assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
    let text = response.text().await.expect("text");
    assert!(
        text.contains("<loc>https://example.com/docs/dated</loc>") && text.contains("<lastmod>2026-03-04</lastmod>"),
        "{text}"
    );
    assert_eq!(text.matches("<lastmod>").count(), 1, "a page without a date has no lastmod: {text}");
    assert!(
        text.contains("<loc>https://example.com/</loc>") && !text.contains(".md") && !text.contains("/search"),
        "{text}"
    );
    assert!(portal.text("/robots.txt").await.contains("Sitemap: https://example.com/sitemap.xml"));
}

#[tokio::test]
async fn security_txt_includes_a_canonical_url_and_returns_404_without_a_file() {
    let portal = Setup::new()
        .file("security.txt", "Contact: mailto:a@example.com\nExpires: 2100-01-01T00:00:00Z\n")
        .flag("site-url", "https://example.com")
        .start()
        .await;
    let text = portal.text("/.well-known/security.txt").await;
    assert!(
        text.starts_with("Contact: mailto:a@example.com\n")
            && text.ends_with("Canonical: https://example.com/.well-known/security.txt\n"),
        "{text}"
    );
    assert_eq!(Setup::new().start().await.get("/.well-known/security.txt").await.status(), 404);
}

#[tokio::test]
async fn a_page_has_breadcrumbs_as_structured_data_and_links_to_its_markdown() {
    let portal = Setup::new().flag("site-url", "https://example.com").start().await;
    let html = portal.text("/docs/guide").await;
    let json = html
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next())
        .expect("data");
    let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(data["@graph"][0]["@type"], "TechArticle");
    let names: Vec<&str> = data["@graph"][1]["itemListElement"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|step| step["name"].as_str())
        .collect();
    assert_eq!(names, ["SentryAgent", "Documentation", "Guide"]);
    assert!(html.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"/docs/guide.md\">"), "{html}");
    assert!(html.contains("<link rel=\"describedby\""), "{html}");
}
