//! `/token`, `/token/introspect`, `/token/revoke`

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Response, TestApp};

/// An error of OAuth's own.
fn oauth(answer: Response, status: u16, error: &str) -> Value {
    assert_eq!((answer.status.as_u16(), answer.body["error"].as_str()), (status, Some(error)), "{:#}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.body["error_description"].as_str().is_some_and(|text| text.len() > 10));
    answer.body
}

async fn introspect(caller: &Caller, token: &str) -> Value {
    caller.form("/api/v1/token/introspect", &[("token", token)]).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn a_client_shows_its_secret_by_basic_or_in_the_body_but_not_both() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let (id, secret) = (tenant.id.as_str(), tenant.secret.as_str());
    for path in ["/api/v1/token", "/token", "/oauth2/token", "/api/v1/oauth2/token"] {
        let request = app.anonymous().request(Method::POST, path).basic_auth(id, Some(secret));
        let form = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials&unknown=1");
        let answer = app.anonymous().send(form).await;
        assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
        let token = answer.expect(StatusCode::OK);
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
async fn what_is_wrong_is_said_in_oauths_words() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let ask = |fields: Vec<(&'static str, String)>| {
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
    oauth(ask(client()).await, 400, "invalid_request");
    let told = oauth(ask(with(vec![("grant_type", "password")])).await, 400, "unsupported_grant_type");
    assert!(told["error_description"].as_str().is_some_and(|told| told.contains("password")), "{told}");
    let told = oauth(ask(with(vec![("grant_type", "sadmin_x")])).await, 400, "unsupported_grant_type");
    assert!(!told.to_string().contains("sadmin_"), "{told}");
    oauth(
        ask(with(vec![("grant_type", "client_credentials"), ("scope", "agents:delete")])).await,
        400,
        "invalid_scope",
    );
    oauth(
        ask(with(vec![("grant_type", "client_credentials"), ("resource", "not an address")])).await,
        400,
        "invalid_target",
    );
    oauth(
        ask(with(vec![("grant_type", "client_credentials"), ("grant_type", "client_credentials")])).await,
        400,
        "invalid_request",
    );
    let wrong = vec![
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", tenant.id.clone()),
        ("client_secret", "x".to_owned()),
    ];
    let answer = ask(wrong).await;
    assert!(answer.header("www-authenticate").starts_with("Basic "));
    oauth(answer, 401, "invalid_client");
    // Another's identifier with one's own secret.
    let other = app.provisional().await;
    let mixed = vec![
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", other.id.clone()),
        ("client_secret", tenant.secret.clone()),
    ];
    oauth(ask(mixed).await, 401, "invalid_client");
    let json = app.anonymous().post("/api/v1/token", &json!({ "grant_type": "client_credentials" })).await;
    oauth(json, 400, "invalid_request");
}

#[tokio::test]
async fn a_token_has_no_more_scopes_than_were_asked_for() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let token = tenant.token_of(&tenant.id, &tenant.secret, Some("audit:read")).await;
    let caller = tenant.with_token(&token);
    caller.get("/api/v1/audit").await.expect(StatusCode::OK);
    let answer = caller.get("/api/v1/agents").await;
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"agents:read\"";
    assert_eq!(answer.header("www-authenticate"), challenge);
    let refused = answer.refused(403, "FORBIDDEN");
    assert_eq!(refused["details"]["scope"], json!("agents:read"));
}

#[tokio::test]
async fn a_token_for_somebody_else_is_none_for_us() {
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
    // The one that it is for asks us, and hears that it holds.
    let told = introspect(&app.provisional().await.caller, token).await;
    assert_eq!((&told["active"], &told["aud"]), (&json!(true), &json!("https://agents.example.com/invoices")));
}

#[tokio::test]
async fn a_token_ends_by_time_by_revocation_and_with_its_credential_and_its_agent() {
    let app = TestApp::start().await;
    let tenant = app.verified("ends").await;
    let asker = app.provisional().await;
    let agent = tenant.agent("A").await;
    let (credential, secret) = tenant.credential(&agent, json!({})).await;
    let token = async || tenant.token_of(&agent, &secret, None).await;
    let inactive = json!({ "active": false });

    let revoked = token().await;
    assert_eq!(introspect(&asker, &revoked).await["client_id"], json!(agent));
    let own = tenant.with_token(&token().await);
    own.form("/api/v1/token/revoke", &[("token", &revoked)]).await.expect(StatusCode::OK);
    assert_eq!(introspect(&asker, &revoked).await, inactive);
    tenant.with_token(&revoked).get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");

    let expired = token().await;
    let of_credential = token().await;
    app.clock.advance(Duration::from_secs(3599));
    assert_eq!(
        introspect(&tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await), &expired).await["active"],
        json!(true)
    );
    app.clock.advance(Duration::from_secs(2));
    let asker = asker.with_token(&asker.token_of(&asker.id, &asker.secret, None).await);
    assert_eq!(introspect(&asker, &expired).await, inactive);
    assert_eq!(introspect(&asker, &of_credential).await, inactive);

    let admin = tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await);
    let of_suspended = token().await;
    let path = format!("/api/v1/agents/{agent}");
    admin.patch(&path, &json!({ "status": "suspended" })).await.expect(StatusCode::OK);
    assert_eq!(introspect(&asker, &of_suspended).await, inactive);
    admin.patch(&path, &json!({ "status": "active" })).await.expect(StatusCode::OK);
    assert_eq!(introspect(&asker, &of_suspended).await["active"], json!(true));
    admin.delete(&format!("{path}/credentials/{credential}")).await;
    assert_eq!(introspect(&asker, &of_suspended).await, inactive);
    for garbage in ["", "x", "a.b.c", "ssession_x"] {
        let answer = asker.form("/api/v1/token/introspect", &[("token", garbage)]).await;
        let expected = if garbage.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        assert_eq!(answer.status, expected, "{garbage:?}");
    }
}

#[tokio::test]
async fn revocation_answers_the_same_for_what_is_not_ones_own() {
    let app = TestApp::start().await;
    let (tenant, other) = (app.provisional().await, app.provisional().await);
    let token = tenant.token_of(&tenant.id, &tenant.secret, None).await;
    for given in [token.as_str(), "nonsense"] {
        let answer = other.form("/api/v1/token/revoke", &[("token", given)]).await;
        assert_eq!((answer.status, answer.body), (StatusCode::OK, json!("")));
    }
    assert_eq!(introspect(&other, &token).await["active"], json!(true));
    // An agent ends its own tokens, and not its organization's.
    let agent = tenant.agent("A").await;
    tenant.as_agent(&agent).await.form("/api/v1/token/revoke", &[("token", &token)]).await.expect(StatusCode::OK);
    assert_eq!(introspect(&other, &token).await["active"], json!(true));
}

#[tokio::test]
async fn secrets_are_not_guessed() {
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
        let answer = attacker.form("/api/v1/token", &fields).await;
        if answer.status == 429 {
            assert!(!answer.header("retry-after").is_empty());
        }
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [vec![401; 10], vec![429; 5]].concat());
    // Who has the secret comes from elsewhere, and is not held up.
    tenant.token_of(&tenant.id, &tenant.secret, None).await;
}

#[tokio::test]
async fn a_key_that_was_followed_still_verifies() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    app.clock.advance(Duration::from_secs(1));
    let new = app.app.keys.rotate(api::config::Algorithm::EdDsa).expect("a key");
    app.clock.advance(Duration::from_mins(3));
    let kid = |token: &str| jsonwebtoken::decode_header(token).expect("a header").kid.expect("a key's name");
    let old = tenant.token.clone().expect("a token");
    let token = tenant.token_of(&tenant.id, &tenant.secret, None).await;
    assert_eq!(kid(&token), new);
    assert_ne!(kid(&old), new);
    for token in [old, token] {
        tenant.with_token(&token).get("/api/v1/agents").await.expect(StatusCode::OK);
    }
}

#[tokio::test]
async fn clients_are_told_what_they_have_left() {
    let app = TestApp::with(&["--credential-per-minute=5"]).await;
    let tenant = app.provisional().await;
    let client = [
        ("grant_type", "client_credentials"),
        ("client_id", tenant.id.as_str()),
        ("client_secret", tenant.secret.as_str()),
        ("token", "x"),
    ];
    // The token that the tenant got at first counts.
    for (left, path) in [(3, ""), (2, "/introspect"), (1, "/revoke")] {
        let answer = app.anonymous().form(&format!("/api/v1/token{path}"), &client).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("ratelimit-policy"), "\"credential\";q=5;w=60", "{path}");
        assert!(answer.header("ratelimit").starts_with(&format!("\"credential\";r={left};t=")), "{path}");
    }
    let [_, id, secret, _] = client;
    let refused = app.anonymous().form("/token", &[id, secret, ("grant_type", "password")]).await;
    assert_eq!(refused.header("ratelimit-policy"), "\"address\";q=300;w=60", "nobody has shown himself yet");
    let wrong = [id, secret, ("grant_type", "client_credentials"), ("scope", "x")];
    let refused = app.anonymous().form("/token", &wrong).await;
    assert!(refused.header("ratelimit").starts_with("\"credential\";r=0;t="), "a refusal tells too");
    let refused = app.anonymous().form("/token", &client).await;
    assert!(refused.header("ratelimit").starts_with("\"credential\";r=0;t="));
    assert!(refused.header("retry-after").parse::<u64>().is_ok());
    oauth(refused, 429, "temporarily_unavailable");
}

#[tokio::test]
async fn who_does_not_show_himself_is_counted_by_address() {
    let app = TestApp::with(&["--address-per-minute=5"]).await;
    let tenant = app.provisional().await;
    let nobody = app.from("198.51.100.70");
    let mut statuses = Vec::new();
    for path in ["/api/v1/token/introspect", "/api/v1/token/revoke", "/api/v1/token", "/token", "/oauth2/token"] {
        let answer = nobody.form(path, &[("token", "x"), ("grant_type", "client_credentials")]).await;
        assert_eq!(answer.header("ratelimit-policy"), "\"address\";q=5;w=60", "{path}");
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [401; 5]);
    let refused = nobody.form("/api/v1/token/introspect", &[("token", "x")]).await;
    assert!(refused.header("ratelimit").starts_with("\"address\";r=0;t="));
    oauth(refused, 429, "temporarily_unavailable");
    let refused = nobody.with_token("x").form("/api/v1/token/introspect", &[("token", "x")]).await;
    oauth(refused, 429, "temporarily_unavailable");
    // Whoever shows himself from the same address is not held up.
    nobody.token_of(&tenant.id, &tenant.secret, None).await;
    let known = nobody.with_token(tenant.token.as_deref().expect("a token"));
    assert_eq!(introspect(&known, "x").await, json!({ "active": false }));
}
