use crate::support::Setup;

#[tokio::test]
async fn every_link_and_redirect_is_below_the_base_path() {
    let portal = Setup::new()
        .file("docs/linked.md", "---\ntitle: Linked\ndescription: L.\nredirect_from: [\"/was\"]\n---\n[guide](guide.md#part) [tool](/tools/did-web) ![p](p.svg)\n")
        .file("docs/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"/>")
        .flag("base-path", "/developers")
        .flag("site-url", "https://example.com")
        .start()
        .await;
    for path in [
        "",
        "/docs",
        "/docs/linked",
        "/quickstarts",
        "/changelog",
        "/tools/did-web",
        "/tools/did-web?did=x",
        "/nothing",
    ] {
        let html = portal.text(path).await;
        for attribute in ["href=\"", "src=\"", "action=\"", "data-module=\"", "data-wasm=\""] {
            for address in html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let inside = address.starts_with("/developers")
                    || address.starts_with("https://example.com/developers")
                    || address.starts_with('#');
                assert!(inside, "{path}: {attribute}{address}");
                if let Some(path) = address.strip_prefix("/developers").filter(|path| !path.contains('#')) {
                    let expected = match path {
                        // A form handler redirects a GET request.
                        "/feedback" => 303,
                        // The marketplace requires the API, which isn't running.
                        _ if path.starts_with("/marketplace") => 503,
                        _ => 200,
                    };
                    assert_eq!(portal.get(path).await.status(), expected, "{address}");
                }
            }
        }
    }
    assert_eq!(portal.get("/was").await.headers()["location"], "/developers/docs/linked");
    assert_eq!(portal.get("/docs/").await.headers()["location"], "/developers/docs");
    assert_eq!(portal.get("/").await.headers()["location"], "/developers");
    assert_eq!(portal.get("/healthz").await.status(), 200);
    let portal = &portal;
    let at_root = |path: &'static str| async move {
        portal.client.get(format!("{}{path}", portal.origin)).send().await.expect("a response").status().as_u16()
    };
    assert_eq!((at_root("/docs").await, at_root("/developersdocs").await, at_root("/healthz").await), (404, 404, 200));
    let feed = portal.text("/changelog/feed.xml").await;
    assert!(feed.contains("https://example.com/developers/changelog"), "{feed}");
}
