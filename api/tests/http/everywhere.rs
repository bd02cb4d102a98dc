//! What holds for every answer.

use reqwest::{Method, StatusCode};

use crate::support::TestApp;

#[tokio::test]
async fn errors_of_the_router_have_the_shape_of_all_others() {
    let app = TestApp::start().await;
    app.anonymous().get("/nothing").await.refused(404, "NOT_FOUND");
    app.anonymous().get("/api/v1/agents/x/y/z").await.refused(404, "NOT_FOUND");
    let answer = app.anonymous().delete("/api/v1/signup").await;
    assert_eq!(answer.header("allow"), "POST");
    answer.refused(405, "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_proxys_request_id_is_kept_if_it_is_plausible() {
    let app = TestApp::start().await;
    let with = |id: &str| {
        let request = app.anonymous().request(Method::GET, "/health").header("x-request-id", id);
        let caller = app.anonymous();
        async move { caller.send(request).await.header("x-request-id").to_owned() }
    };
    assert_eq!(with("proxy-0123_4567").await, "proxy-0123_4567");
    assert_ne!(with("a b c d e f").await, "a b c d e f");
}

#[tokio::test]
async fn pages_of_named_origins_may_call_and_others_not() {
    let app = TestApp::with(&["--cors-origins=https://portal.example"]).await;
    let preflight = |origin: &'static str| {
        let request = app
            .anonymous()
            .request(Method::OPTIONS, "/api/v1/agents")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
        let caller = app.anonymous();
        async move { caller.send(request).await.header("access-control-allow-origin").to_owned() }
    };
    assert_eq!(preflight("https://portal.example").await, "https://portal.example");
    assert_eq!(preflight("https://evil.example").await, "");
}

#[tokio::test]
async fn what_is_private_is_kept_by_nobody_and_no_answer_is_a_page() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for path in ["/api/v1/agents", "/api/v1/audit", "/health", "/nothing"] {
        let answer = tenant.get(path).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'", "{path}");
    }
}

#[tokio::test]
async fn health_tells_of_each_dependency() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/health/ready").await.status, StatusCode::OK);
    let detailed = app.anonymous().get("/health/detailed").await.expect(StatusCode::OK);
    let names: Vec<_> =
        detailed["dependencies"].as_array().expect("a list").iter().map(|one| one["name"].as_str()).collect();
    assert_eq!(names, [Some("database"), Some("database-writer")]);
    assert!(!detailed.to_string().contains("localhost"));
    app.app.draining.set();
    assert_eq!(app.anonymous().get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(app.anonymous().get("/health").await.status, StatusCode::OK);
}
