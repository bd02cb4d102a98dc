//! Tokens with few scopes.

use reqwest::StatusCode;
use serde_json::json;

use super::oauth;
use crate::support::TestApp;

#[tokio::test]
async fn bearers_of_introspection_and_revocation_get_challenges_of_their_own_scheme() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let token = tenant.token_of(&tenant.id, &tenant.secret, Some("agents:read")).await;
    for path in ["/api/v1/token/introspect", "/api/v1/token/revoke"] {
        let wrong = app.anonymous().with_token("nonsense").form(path, &[("token", "x")]).await;
        assert_eq!(wrong.header("www-authenticate"), "Bearer error=\"invalid_token\"");
        oauth(wrong, 401, "invalid_token");
        let narrow = app.anonymous().with_token(&token).form(path, &[("token", "x")]).await;
        let challenge = "Bearer error=\"insufficient_scope\", scope=\"tokens:read\"";
        assert_eq!(narrow.header("www-authenticate"), challenge);
        oauth(narrow, 403, "insufficient_scope");
    }
}

#[tokio::test]
async fn nobody_creates_credentials_with_more_scopes_than_their_own_token() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("A").await;
    let path = format!("/api/v1/agents/{agent}/credentials");
    let wide =
        tenant.post(&path, &json!({ "scopes": ["agents:read", "audit:read"] })).await.expect(StatusCode::CREATED);
    let token = tenant.token_of(&tenant.id, &tenant.secret, Some("agents:write")).await;
    let narrow = tenant.with_token(&token);
    assert_eq!(narrow.post(&path, &json!({ "scopes": ["audit:read"] })).await.wrong_fields(), ["scopes[0]"]);
    assert_eq!(narrow.post(&path, &json!({})).await.wrong_fields(), ["scopes"]);
    let rotate = format!("{path}/{}/rotate", wide["credentialId"].as_str().expect("an ID"));
    narrow.post(&rotate, &json!({})).await.refused(403, "FORBIDDEN");
    narrow.post(&path, &json!({ "scopes": ["agents:write"] })).await.expect(StatusCode::CREATED);
}
