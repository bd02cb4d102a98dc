use reqwest::Method;
use reqwest::header::ACCEPT;

use crate::support::Portal;

#[tokio::test]
async fn a_missing_page_returns_404_and_suggests_similar_pages() {
    let portal = Portal::start().await;
    let response =
        portal.request(Method::GET, "/docs/giude").header(ACCEPT, "text/html").send().await.expect("a response");
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    let html = response.text().await.expect("text");
    assert!(html.contains("Did you mean") && html.contains("href=\"/docs/guide\""), "{html}");
}

#[tokio::test]
async fn a_404_response_is_plain_text_unless_the_request_asks_for_html() {
    let portal = Portal::start().await;
    for accept in ["image/avif,image/webp,*/*;q=0.8", "application/json", "text/css"] {
        let response = portal.request(Method::GET, "/x.png").header(ACCEPT, accept).send().await.expect("a response");
        assert_eq!(
            (response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()),
            (404, "text/plain; charset=utf-8"),
            "{accept}"
        );
    }
    assert_eq!(portal.get("/.well-known/anything").await.status(), 404);
}
