use reqwest::header::LOCATION;

use crate::support::{Setup, page};

#[tokio::test]
async fn redirects_return_their_status_and_preserve_the_query() {
    let portal = Setup::new()
        .file("redirects.toml", "[[redirect]]\nfrom = \"/old\"\nto = \"/docs/guide#part\"\n\n[[redirect]]\nfrom = \"/older\"\nto = \"/old\"\nstatus = 308\n\n[[redirect]]\nfrom = \"/away\"\nto = \"https://example.com/x\"\n\n[[redirect]]\nfrom = \"/a\"\nto = \"/b\"\n[[redirect]]\nfrom = \"/b\"\nto = \"/a\"\n")
        .file("docs/new.md", "---\ntitle: New\ndescription: N.\nredirect_from: [\"/docs/was\"]\n---\n")
        .start()
        .await;
    for (path, status, location) in [
        ("/old", 301, "/docs/guide#part"),
        ("/old?x=1", 301, "/docs/guide?x=1#part"),
        ("/older/", 308, "/docs/guide#part"),
        ("/away", 301, "https://example.com/x"),
        ("/docs/was", 301, "/docs/new"),
        ("/docs/guide/", 308, "/docs/guide"),
        ("/docs/?x=1", 308, "/docs?x=1"),
    ] {
        let response = portal.get(path).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers()[LOCATION], location, "{path}");
        // A redirect with a reader's query must not be cached: a cache key may omit the query.
        let cache_control = if path.contains('?') { "no-store" } else { "public, max-age=3600" };
        assert_eq!(response.headers()["cache-control"], cache_control, "{path}");
    }
    assert_eq!(portal.get("/a").await.status(), 404, "a redirect loop returns 404");
}

#[tokio::test]
async fn a_crafted_path_never_redirects_to_another_site() {
    let portal = Setup::new().file("docs/x.md", &page("X", "")).start().await;
    for path in ["//example.com", "//example.com/", "/%2Fexample.com/", "///docs/"] {
        let response = portal.get(path).await;
        let location = response.headers().get(LOCATION).map(|value| value.to_str().unwrap().to_owned());
        assert!(location.as_deref().is_none_or(|location| !location.starts_with("//")), "{path} → {location:?}");
    }
}
