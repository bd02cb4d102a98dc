//! Rate limits.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_credential_is_rate_limited_with_retry_after() {
    let app = TestApp::with(&["--credential-per-minute=5"]).await;
    let tenant = app.provisional().await;
    // Token requests count as well.
    for left in (0..4).rev() {
        let response = tenant.get("/api/v1/tiers/status").await;
        assert_eq!(response.header("ratelimit-policy"), "\"credential\";q=5;w=60");
        assert!(
            response.header("ratelimit").starts_with(&format!("\"credential\";r={left};t=")),
            "{}",
            response.header("ratelimit")
        );
    }
    let response = tenant.get("/api/v1/tiers/status").await;
    let seconds: u64 = response.header("retry-after").parse().expect("seconds");
    assert!((1..=61).contains(&seconds));
    let refused = response.refused(429, "RATE_LIMITED");
    assert_eq!((&refused["details"]["limit"], &refused["details"]["current"]), (&json!(5), &json!(5)));
    app.clock.advance(std::time::Duration::from_secs(seconds));
    tenant.get("/api/v1/tiers/status").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn the_organization_limit_covers_all_its_credentials() {
    let app = TestApp::with(&["--tenant-per-minute=9"]).await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let caller = tenant.as_agent(&agent).await;
    let mut succeeded = 0;
    while caller.get("/api/v1/agents").await.status == StatusCode::OK {
        succeeded += 1;
    }
    assert!(succeeded < 9, "{succeeded}");
    let refused = tenant.get("/api/v1/agents").await.refused(429, "RATE_LIMITED");
    assert_eq!(refused["details"]["policy"], json!("tenant"));
    app.provisional().await.get("/api/v1/agents").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn an_unverified_organization_has_a_daily_call_limit() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for _ in 0..100 {
        tenant.get("/api/v1/tiers/status").await.expect(StatusCode::OK);
    }
    let response = tenant.get("/api/v1/tiers/status").await;
    assert!(response.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds <= 86_400));
    response.refused(429, "TIER_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn usage_survives_a_restart() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for _ in 0..7 {
        tenant.get("/api/v1/tiers/status").await.expect(StatusCode::OK);
    }
    app.app.usage.flush().await.expect("written");
    let again = api::usage::Usage::new(app.app.store.clone(), app.clock.clone());
    let used = again.today(tenant.id.parse().expect("an identifier")).await.expect("usage");
    assert_eq!((used.calls, used.tokens), (7, 1));
}

#[tokio::test]
async fn public_documents_health_and_unknown_paths_share_a_limit() {
    let app = TestApp::with(&["--documents-per-minute=6"]).await;
    let caller = app.anonymous();
    let paths = ["/health", "/.well-known/jwks.json", "/api/v1", "/openapi.json", "/nothing", "/api/v1/agents/x/did"];
    for path in paths {
        assert_ne!(caller.get(path).await.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
    }
    for path in paths {
        let refused = caller.get(path).await.refused(429, "RATE_LIMITED");
        assert_eq!(refused["details"]["policy"], json!("documents"), "{path}");
    }
    assert_ne!(app.from("192.0.2.1").get("/health").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_correction_of_the_system_time_does_not_lengthen_waits() {
    let app = TestApp::with(&["--documents-per-minute=3"]).await;
    let caller = app.anonymous();
    for _ in 0..3 {
        caller.get("/health").await.expect(StatusCode::OK);
    }
    app.clock.correct(jiff::SignedDuration::from_hours(-2));
    let response = caller.get("/health").await;
    let seconds: u64 = response.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    app.clock.advance(std::time::Duration::from_secs(seconds));
    caller.get("/health").await.expect(StatusCode::OK);
}
