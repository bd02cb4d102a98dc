//! Public reads: redirects, caching, CORS, limits, and a disabled marketplace.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn a_former_slug_redirects_to_the_publisher() {
    let app = TestApp::start().await;
    let tenant = app.verified("renamer").await;
    let reader = app.anonymous();
    let old = tenant.made["organization"]["slug"].as_str().expect("a slug").to_owned();
    let path = |slug: &str| format!("/api/v1/marketplace/publishers/{slug}");
    reader.get(&path(&old)).await.refused(404, "NOT_FOUND");
    reader.get(&path("%FF")).await.refused(404, "NOT_FOUND");
    tenant.register(json!({ "isPublic": true })).await;
    let body = reader.get(&path(&old)).await.expect(StatusCode::OK);
    assert_eq!((&body["slug"], &body["displayName"], &body["agentCount"]), (&json!(old), &json!("renamer"), &json!(1)));
    tenant
        .patch("/api/v1/organizations/me", &json!({ "slug": "renamed", "displayName": "Renamed" }))
        .await
        .expect(StatusCode::OK);
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let direct = Caller { http, ..reader.clone() };
    let moved = direct.get(&path(&old)).await;
    assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header("location"), format!("{}{}", app.url, path("renamed")));
    assert_eq!(reader.get(&path("renamed")).await.expect(StatusCode::OK)["displayName"], json!("Renamed"));
    find(&reader, &format!("?publisher={old}"), 1).await;
    let renamed = json!([{ "value": "renamed", "label": "Renamed", "count": 1 }]);
    let body = eventually(&reader, "?facets=publisher", |body| body["facets"]["publisher"] == renamed).await;
    assert_eq!(body["data"][0]["publisher"]["slug"], json!("renamed"));
    // Without a display name, readers see the name.
    tenant.patch("/api/v1/organizations/me", &json!({ "displayName": null })).await.expect(StatusCode::OK);
    let of = |body: &Value| body["facets"]["publisher"][0]["label"] == json!("renamer");
    eventually(&reader, "?facets=publisher", of).await;
}

#[tokio::test]
async fn public_reads_are_cacheable_and_allowed_for_all_origins() {
    let app = TestApp::start().await;
    let tenant = app.verified("cached").await;
    let agent =
        id(&tenant.register(json!({ "name": "Cached", "isPublic": true, "endpointUrl": "https://a.example/" })).await);
    let reader = app.anonymous();
    find(&reader, "", 1).await;
    for path in [AGENTS.to_owned(), format!("{AGENTS}/{agent}"), "/api/v1/marketplace/changes".to_owned()] {
        let first = reader.get(&path).await;
        assert_eq!(first.header("cache-control"), "public, max-age=60", "{path}");
        assert!(first.header("vary").contains("accept"));
        let with = reader.request(Method::GET, &path).header("if-none-match", first.header("etag"));
        let again = reader.send(with.header("origin", "https://elsewhere.example")).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.header("access-control-allow-origin"), "*");
        assert_eq!(reader.send(reader.request(Method::HEAD, &path)).await.status, StatusCode::OK);
    }
    let shown = reader.get(&format!("{AGENTS}/{agent}")).await.expect(StatusCode::OK);
    assert_eq!(shown["agentCard"]["name"], json!("Cached"));
    let request = reader.request(Method::GET, &format!("{AGENTS}/{agent}")).header("accept", "application/ld+json");
    let linked = reader.send(request).await;
    assert_eq!(linked.header("content-type"), "application/ld+json");
    assert_eq!((&linked.body["@type"], &linked.body["name"]), (&json!("SoftwareApplication"), &json!("Cached")));
}

#[tokio::test]
async fn readers_are_limited_by_address_except_exempt_services() {
    let app = TestApp::with(&["--address-per-minute=5"]).await;
    let tenant = app.verified("portal").await;
    let reader = app.from("203.0.113.7");
    for _ in 0..5 {
        let response = reader.get(AGENTS).await;
        assert!(response.header("ratelimit-policy").starts_with("\"address\""));
        response.expect(StatusCode::OK);
    }
    reader.get(AGENTS).await.refused(429, "RATE_LIMITED");
    let mut portal = tenant.caller.clone();
    portal.address = reader.address.clone();
    portal.get(AGENTS).await.refused(429, "RATE_LIMITED");
    enterprise(&app, &tenant).await;
    for _ in 0..10 {
        portal.get(AGENTS).await.expect(StatusCode::OK);
    }
    reader.with_token("nonsense").get(AGENTS).await.refused(429, "RATE_LIMITED");
}

#[tokio::test]
async fn a_disabled_marketplace_returns_404() {
    let app = TestApp::with(&["--marketplace=false"]).await;
    let tenant = app.verified("alone").await;
    let agent = id(&tenant.register(json!({ "isPublic": true })).await);
    let reader = app.anonymous();
    for path in [AGENTS.to_owned(), format!("{AGENTS}/{agent}"), "/api/v1/marketplace/changes".to_owned()] {
        reader.get(&path).await.refused(404, "NOT_FOUND");
    }
    let report = json!({ "reason": "spam" });
    reader.post(&format!("{AGENTS}/{agent}/reports"), &report).await.refused(404, "NOT_FOUND");
}
