use crate::support::Portal;

#[tokio::test]
async fn the_did_web_tool_works_without_javascript() {
    let portal = Portal::start().await;
    let html = portal.text("/tools/did-web?did=did%3Aweb%3Aexample.com%253A8443%3Aagents%3Aalice").await;
    assert!(html.contains("https://example.com:8443/agents/alice/did.json"), "{html}");
    let html = portal.text("/tools/did-web?did=did:key:z6Mk").await;
    assert!(html.contains("Not a did:web identifier") && html.contains("aria-invalid=\"true\""), "{html}");
}

#[tokio::test]
async fn the_did_web_tool_is_cached_and_its_results_are_not() {
    let portal = Portal::start().await;
    assert_eq!(portal.get("/tools/did-web?did=x").await.headers()["cache-control"], "no-store");
    assert!(portal.get("/tools/did-web").await.headers()["cache-control"].to_str().unwrap().contains("s-maxage"));
    assert_eq!(portal.get("/tools/did-web?utm_source=x").await.status(), 200);
}
