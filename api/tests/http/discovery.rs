//! Discovery documents. (Independent clients test them in end2end.)

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn both_metadata_documents_are_equal_and_contain_the_exact_issuer() {
    let app = TestApp::start().await;
    let oauth = app.anonymous().get("/.well-known/oauth-authorization-server").await.expect(StatusCode::OK);
    let openid = app.anonymous().get("/.well-known/openid-configuration").await.expect(StatusCode::OK);
    assert_eq!(oauth, openid);
    assert_eq!(oauth["issuer"], json!(app.url));
}

#[tokio::test]
async fn a_401_names_the_metadata_document_and_the_scope() {
    let app = TestApp::start().await;
    let response = app.anonymous().get("/api/v1/agents").await;
    let metadata = format!("{}/.well-known/oauth-protected-resource", app.url);
    assert_eq!(
        response.header("www-authenticate"),
        format!("Bearer resource_metadata=\"{metadata}\", scope=\"agents:read\"")
    );
    response.refused(401, "UNAUTHORIZED");
    let refused = app.anonymous().with_token("nonsense").delete("/api/v1/organizations/me").await;
    assert!(refused.header("www-authenticate").contains("error=\"invalid_token\""));
    assert!(refused.header("www-authenticate").ends_with("scope=\"admin:orgs\""));
    let resource = app.anonymous().get("/.well-known/oauth-protected-resource").await.expect(StatusCode::OK);
    assert_eq!((&resource["resource"], &resource["authorization_servers"]), (&json!(app.url), &json!([app.url])));
}

#[tokio::test]
async fn public_documents_are_cacheable_with_a_strong_etag() {
    let app = TestApp::start().await;
    for path in [
        "/.well-known/jwks.json",
        "/.well-known/did.json",
        "/",
        "/api/v1",
        "/.well-known/openid-configuration",
        "/openapi.json",
    ] {
        let response = app.anonymous().get(path).await;
        assert_eq!(response.header("cache-control"), "public, max-age=60", "{path}");
        let etag = response.header("etag").to_owned();
        assert!(etag.starts_with('"'), "{path}");
        let again = app
            .anonymous()
            .request(Method::GET, path)
            .header("if-none-match", &etag)
            .header("origin", "https://a.example");
        let again = app.anonymous().send(again).await;
        assert_eq!(
            (again.status, again.header("access-control-allow-origin"), again.header("etag")),
            (StatusCode::NOT_MODIFIED, "*", etag.as_str()),
            "{path}"
        );
        let head = app.anonymous().send(app.anonymous().request(Method::HEAD, path)).await;
        assert_eq!(
            (head.status, head.header("etag"), head.body.clone()),
            (StatusCode::OK, etag.as_str(), json!("")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_steps_of_the_guide_work_without_an_account() {
    let app = TestApp::start().await;
    let markdown = app.anonymous().request(Method::GET, "/api/v1").header("accept", "text/markdown");
    let markdown = app.anonymous().send(markdown).await;
    assert_eq!(markdown.header("content-type"), "text/markdown; charset=utf-8");
    let guide = app.anonymous().get("/api/v1").await.expect(StatusCode::OK);
    assert_eq!(app.anonymous().get("/").await.expect(StatusCode::OK), guide, "the root returns the guide too");
    let step = |index: usize| guide["steps"][index].clone();
    let path = |index: usize| {
        step(index)["url"].as_str().expect("a URL").strip_prefix(&app.url).expect("a URL of this server").to_owned()
    };
    let made = app.anonymous().post(&path(0), &step(0)["json"]).await.expect(StatusCode::CREATED);
    let text = |field: &str| made["credential"][field].as_str().expect("text").to_owned();
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", &text("clientId")),
        ("client_secret", &text("clientSecret")),
    ];
    let token = app.anonymous().form(&path(1), &fields).await.expect(StatusCode::OK);
    let caller = app.anonymous().with_token(token["access_token"].as_str().expect("a token"));
    let agent = caller.post(&path(2), &step(2)["json"]).await.expect(StatusCode::CREATED);
    assert!(agent["did"].as_str().is_some_and(|did| did.starts_with("did:web:")));
}
