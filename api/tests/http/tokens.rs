//! `/token`, `/token/introspect`, `/token/revoke`

mod least_privilege;
mod resources;

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Response, TestApp};

/// Asserts an OAuth error.
fn oauth(response: Response, status: u16, error: &str) -> Value {
    assert_eq!(
        (response.status.as_u16(), response.body["error"].as_str()),
        (status, Some(error)),
        "{:#}",
        response.body
    );
    assert_eq!(response.header("cache-control"), "no-store");
    assert!(response.body["error_description"].as_str().is_some_and(|text| text.len() > 10));
    response.body
}

async fn introspect(caller: &Caller, token: &str) -> Value {
    caller.form("/api/v1/token/introspect", &[("token", token)]).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn clients_authenticate_by_basic_or_in_the_body_but_not_both() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let (id, secret) = (tenant.id.as_str(), tenant.secret.as_str());
    for path in ["/api/v1/token", "/token", "/oauth2/token", "/api/v1/oauth2/token"] {
        let request = app.anonymous().request(Method::POST, path).basic_auth(id, Some(secret));
        let form = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials&unknown=1");
        let response = app.anonymous().send(form).await;
        assert_eq!((response.header("cache-control"), response.header("pragma")), ("no-store", "no-cache"));
        let token = response.expect(StatusCode::OK);
        assert_eq!((&token["token_type"], &token["expires_in"]), (&json!("Bearer"), &json!(3600)), "{path}");
    }
    let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let both = app.anonymous().request(Method::POST, "/token").basic_auth(id, Some(secret)).body(body);
    oauth(
        app.anonymous().send(both.header("content-type", "application/x-www-form-urlencoded")).await,
        400,
        "invalid_request",
    );
}

#[tokio::test]
async fn errors_have_oauth_codes() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let request_token = |fields: Vec<(&'static str, String)>| {
        let caller = app.anonymous();
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            caller.form("/api/v1/token", &fields).await
        }
    };
    let client = || vec![("client_id", tenant.id.clone()), ("client_secret", tenant.secret.clone())];
    let with = |more: Vec<(&'static str, &str)>| {
        let mut fields = client();
        fields.extend(more.into_iter().map(|(name, value)| (name, value.to_owned())));
        fields
    };
    oauth(request_token(client()).await, 400, "invalid_request");
    let error = oauth(request_token(with(vec![("grant_type", "password")])).await, 400, "unsupported_grant_type");
    assert!(error["error_description"].as_str().is_some_and(|text| text.contains("password")), "{error}");
    let error = oauth(request_token(with(vec![("grant_type", "sadmin_x")])).await, 400, "unsupported_grant_type");
    assert!(!error.to_string().contains("sadmin_"), "{error}");
    oauth(
        request_token(with(vec![("grant_type", "client_credentials"), ("scope", "agents:delete")])).await,
        400,
        "invalid_scope",
    );
    oauth(
        request_token(with(vec![("grant_type", "client_credentials"), ("grant_type", "client_credentials")])).await,
        400,
        "invalid_request",
    );
    let wrong = vec![
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", tenant.id.clone()),
        ("client_secret", "x".to_owned()),
    ];
    let response = request_token(wrong).await;
    assert!(response.header("www-authenticate").starts_with("Basic "));
    oauth(response, 401, "invalid_client");
    // Foreign client ID with an own secret.
    let other = app.provisional().await;
    let mixed = vec![
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", other.id.clone()),
        ("client_secret", tenant.secret.clone()),
    ];
    oauth(request_token(mixed).await, 401, "invalid_client");
    let json = app.anonymous().post("/api/v1/token", &json!({ "grant_type": "client_credentials" })).await;
    oauth(json, 400, "invalid_request");
}

#[tokio::test]
async fn a_token_has_only_the_requested_scopes() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let token = tenant.token_of(&tenant.id, &tenant.secret, Some("audit:read")).await;
    let caller = tenant.with_token(&token);
    caller.get("/api/v1/audit").await.expect(StatusCode::OK);
    let response = caller.get("/api/v1/agents").await;
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"agents:read\"";
    assert_eq!(response.header("www-authenticate"), challenge);
    let refused = response.refused(403, "FORBIDDEN");
    assert_eq!(refused["details"]["scope"], json!("agents:read"));
}

#[tokio::test]
async fn a_token_for_another_audience_is_rejected() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", &tenant.id),
        ("client_secret", &tenant.secret),
        ("resource", "https://agents.example.com/invoices"),
    ];
    let token = app.anonymous().form("/api/v1/token", &fields).await.expect(StatusCode::OK);
    let token = token["access_token"].as_str().expect("a token");
    let refused = tenant.with_token(token).get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    assert!(refused["message"].as_str().expect("text").contains("another audience"), "{refused}");
    // The audience introspects the token successfully.
    let introspection = introspect(&app.provisional().await.caller, token).await;
    assert_eq!(
        (&introspection["active"], &introspection["aud"]),
        (&json!(true), &json!("https://agents.example.com/invoices"))
    );
}

#[tokio::test]
async fn tokens_become_inactive_on_expiry_revocation_and_suspension() {
    let app = TestApp::start().await;
    let tenant = app.verified("ends").await;
    let verifier = app.provisional().await;
    let agent = tenant.agent("A").await;
    let (credential, secret) = tenant.credential(&agent, json!({})).await;
    let token = async || tenant.token_of(&agent, &secret, None).await;
    let inactive = json!({ "active": false });

    let revoked = token().await;
    assert_eq!(introspect(&verifier, &revoked).await["client_id"], json!(agent));
    let own = tenant.with_token(&token().await);
    own.form("/api/v1/token/revoke", &[("token", &revoked)]).await.expect(StatusCode::OK);
    assert_eq!(introspect(&verifier, &revoked).await, inactive);
    tenant.with_token(&revoked).get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");

    let expired = token().await;
    let of_credential = token().await;
    app.clock.advance(Duration::from_secs(3599));
    assert_eq!(
        introspect(&tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await), &expired).await["active"],
        json!(true)
    );
    app.clock.advance(Duration::from_secs(2));
    let verifier = verifier.with_token(&verifier.token_of(&verifier.id, &verifier.secret, None).await);
    assert_eq!(introspect(&verifier, &expired).await, inactive);
    assert_eq!(introspect(&verifier, &of_credential).await, inactive);

    let admin = tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await);
    let of_suspended = token().await;
    let path = format!("/api/v1/agents/{agent}");
    admin.patch(&path, &json!({ "status": "suspended" })).await.expect(StatusCode::OK);
    assert_eq!(introspect(&verifier, &of_suspended).await, inactive);
    admin.patch(&path, &json!({ "status": "active" })).await.expect(StatusCode::OK);
    assert_eq!(introspect(&verifier, &of_suspended).await["active"], json!(true));
    admin.delete(&format!("{path}/credentials/{credential}")).await;
    assert_eq!(introspect(&verifier, &of_suspended).await, inactive);
    for garbage in ["", "x", "a.b.c", "ssession_x"] {
        let response = verifier.form("/api/v1/token/introspect", &[("token", garbage)]).await;
        let expected = if garbage.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        assert_eq!(response.status, expected, "{garbage:?}");
    }
}

#[tokio::test]
async fn revocation_returns_the_same_response_for_foreign_tokens() {
    let app = TestApp::start().await;
    let (tenant, other) = (app.provisional().await, app.provisional().await);
    let token = tenant.token_of(&tenant.id, &tenant.secret, None).await;
    for given in [token.as_str(), "nonsense"] {
        let response = other.form("/api/v1/token/revoke", &[("token", given)]).await;
        assert_eq!((response.status, response.body), (StatusCode::OK, json!("")));
    }
    assert_eq!(introspect(&other, &token).await["active"], json!(true));
    // An agent can revoke its own tokens, not those of its organization.
    let agent = tenant.agent("A").await;
    tenant.as_agent(&agent).await.form("/api/v1/token/revoke", &[("token", &token)]).await.expect(StatusCode::OK);
    assert_eq!(introspect(&other, &token).await["active"], json!(true));
}

#[tokio::test]
async fn guesses_of_secrets_are_rate_limited() {
    let app = TestApp::with(&["--failures-per-hour=10"]).await;
    let tenant = app.provisional().await;
    let attacker = app.from("198.51.100.66");
    let form = |secret: &str| {
        let fields =
            [("grant_type", "client_credentials"), ("client_id", tenant.id.as_str()), ("client_secret", secret)];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let mut statuses = Vec::new();
    for index in 0..15 {
        let fields = form(&format!("sadmin_{index}"));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let response = attacker.form("/api/v1/token", &fields).await;
        if response.status == 429 {
            assert!(!response.header("retry-after").is_empty());
        }
        statuses.push(response.status.as_u16());
    }
    assert_eq!(statuses, [vec![401; 10], vec![429; 5]].concat());
    // The secret still works, from another IP address.
    tenant.token_of(&tenant.id, &tenant.secret, None).await;
}

#[tokio::test]
async fn tokens_of_a_superseded_key_remain_valid() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    app.clock.advance(Duration::from_secs(1));
    let new = app.app.keys.rotate(api::config::Algorithm::EdDsa).expect("a key");
    app.clock.advance(Duration::from_mins(3));
    let kid = |token: &str| jsonwebtoken::decode_header(token).expect("a header").kid.expect("a key ID");
    let old = tenant.token.clone().expect("a token");
    let token = tenant.token_of(&tenant.id, &tenant.secret, None).await;
    assert_eq!(kid(&token), new);
    assert_ne!(kid(&old), new);
    for token in [old, token] {
        tenant.with_token(&token).get("/api/v1/agents").await.expect(StatusCode::OK);
    }
}

#[tokio::test]
async fn token_responses_contain_the_remaining_allowance() {
    let app = TestApp::with(&["--credential-per-minute=5"]).await;
    let tenant = app.provisional().await;
    let client = [
        ("grant_type", "client_credentials"),
        ("client_id", tenant.id.as_str()),
        ("client_secret", tenant.secret.as_str()),
        ("token", "x"),
    ];
    // The first token of the organization counts.
    for (left, path) in [(3, ""), (2, "/introspect"), (1, "/revoke")] {
        let response = app.anonymous().form(&format!("/api/v1/token{path}"), &client).await;
        assert_eq!(response.status, StatusCode::OK);
        assert_eq!(response.header("ratelimit-policy"), "\"credential\";q=5;w=60", "{path}");
        assert!(response.header("ratelimit").starts_with(&format!("\"credential\";r={left};t=")), "{path}");
    }
    let [_, id, secret, _] = client;
    let refused = app.anonymous().form("/token", &[id, secret, ("grant_type", "password")]).await;
    assert_eq!(refused.header("ratelimit-policy"), "\"address\";q=300;w=60", "the client is not authenticated yet");
    let wrong = [id, secret, ("grant_type", "client_credentials"), ("scope", "x")];
    let refused = app.anonymous().form("/token", &wrong).await;
    assert!(refused.header("ratelimit").starts_with("\"credential\";r=0;t="), "errors contain the allowance too");
    let refused = app.anonymous().form("/token", &client).await;
    assert!(refused.header("ratelimit").starts_with("\"credential\";r=0;t="));
    assert!(refused.header("retry-after").parse::<u64>().is_ok());
    oauth(refused, 429, "temporarily_unavailable");
}

#[tokio::test]
async fn unauthenticated_clients_are_limited_by_address() {
    let app = TestApp::with(&["--address-per-minute=5"]).await;
    let tenant = app.provisional().await;
    let client = app.from("198.51.100.70");
    let mut statuses = Vec::new();
    for path in ["/api/v1/token/introspect", "/api/v1/token/revoke", "/api/v1/token", "/token", "/oauth2/token"] {
        let response = client.form(path, &[("token", "x"), ("grant_type", "client_credentials")]).await;
        assert_eq!(response.header("ratelimit-policy"), "\"address\";q=5;w=60", "{path}");
        statuses.push(response.status.as_u16());
    }
    assert_eq!(statuses, [401; 5]);
    let refused = client.form("/api/v1/token/introspect", &[("token", "x")]).await;
    assert!(refused.header("ratelimit").starts_with("\"address\";r=0;t="));
    oauth(refused, 429, "temporarily_unavailable");
    let refused = client.with_token("x").form("/api/v1/token/introspect", &[("token", "x")]).await;
    oauth(refused, 429, "temporarily_unavailable");
    // Authenticated clients from the same IP address are not limited.
    client.token_of(&tenant.id, &tenant.secret, None).await;
    let known = client.with_token(tenant.token.as_deref().expect("a token"));
    assert_eq!(introspect(&known, "x").await, json!({ "active": false }));
}
