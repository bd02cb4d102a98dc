use reqwest::Method;

use crate::support::{Portal, Setup};

const PATHS: [&str; 8] =
    ["/", "/docs/guide", "/nothing", "/docs/", "/healthz", "/%00", "/changelog/feed.xml", "/tools/did-web?did=x"];

#[tokio::test]
async fn every_response_has_strict_security_headers() {
    let portal = Portal::start().await;
    for path in PATHS {
        let response = portal.get(path).await;
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        let scripts = policy.split("; ").find(|directive| directive.starts_with("script-src"));
        let is_strict = scripts.is_none_or(|scripts| !scripts.contains("'unsafe-"));
        assert!(policy.starts_with("default-src 'none'") && is_strict, "{path}: {policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
        assert!(headers.contains_key("referrer-policy") && headers.contains_key("permissions-policy"), "{path}");
        assert!(!headers.contains_key("strict-transport-security"), "{path}: an HTTP site sends no HSTS header");
        assert!(!headers.contains_key("server") && !headers.contains_key("x-powered-by"), "{path}");
    }
}

#[tokio::test]
async fn only_the_did_web_tool_allows_wasm() {
    let portal = Portal::start().await;
    for path in PATHS {
        let response = portal.get(path).await;
        let allows = response.headers()["content-security-policy"].to_str().unwrap().contains("wasm-unsafe-eval");
        assert_eq!(allows, path.starts_with("/tools/did-web"), "{path}");
    }
}

#[tokio::test]
async fn an_https_site_sends_hsts_with_every_response() {
    let portal = Setup::new().flag("site-url", "https://example.com").start().await;
    for path in PATHS {
        assert!(portal.get(path).await.headers().contains_key("strict-transport-security"), "{path}");
    }
}

#[tokio::test]
async fn a_cross_site_post_returns_403_and_a_same_origin_post_to_a_page_returns_405() {
    let portal = Portal::start().await;
    let post = |headers: &'static [(&'static str, &'static str)]| {
        let request = headers
            .iter()
            .fold(portal.request(Method::POST, "/docs"), |request, (name, value)| request.header(*name, *value));
        async { request.send().await.expect("a response").status().as_u16() }
    };
    assert_eq!(post(&[]).await, 403);
    assert_eq!(post(&[("origin", "https://evil.example")]).await, 403);
    assert_eq!(post(&[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(post(&[("sec-fetch-site", "same-site"), ("origin", "http://localhost:3000")]).await, 403);
    assert_eq!(post(&[("origin", "http://localhost:3000")]).await, 405);
    assert_eq!(post(&[("sec-fetch-site", "same-origin")]).await, 405);
}

#[tokio::test]
async fn an_unsupported_method_returns_405_and_lists_the_allowed_methods() {
    let portal = Portal::start().await;
    let response = portal
        .request(Method::DELETE, "/docs")
        .header("sec-fetch-site", "same-origin")
        .send()
        .await
        .expect("a response");
    assert_eq!((response.status().as_u16(), response.headers()["allow"].to_str().unwrap()), (405, "GET, HEAD"));
}
