//! `/signup`: create, claim, verify, recover.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn sign_up_without_any_field_creates_a_working_organization() {
    let app = TestApp::start().await;
    let made = app.send_signup(None).await;
    let organization = &made["organization"];
    assert_eq!((&organization["state"], &organization["tier"]), (&json!("provisional"), &json!("free")));
    assert_eq!(made["expiresAt"], organization["expiresAt"]);
    let code = made["claimCode"].as_str().expect("a code");
    assert_eq!(made["claimUrl"], json!(format!("http://localhost:3000/claim/{code}")));
    let tenant = app.provisional().await;
    let read = tenant.get("/api/v1/organizations/me").await.expect(StatusCode::OK);
    assert_eq!(read, tenant.made["organization"]);
}

#[tokio::test]
async fn a_provisional_organization_expires_except_for_its_audit_head() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("Short-lived").await;
    app.clock.advance(HOUR * 71);
    let token = tenant.token_of(&tenant.id, &tenant.secret, None).await;
    let caller = tenant.with_token(&token);
    caller.get("/api/v1/organizations/me").await.expect(StatusCode::OK);
    caller.get("/api/v1/audit/head").await.expect(StatusCode::OK);
    app.clock.advance(HOUR);
    // Effective immediately, before anything is deleted.
    let form = [("grant_type", "client_credentials"), ("client_id", &tenant.id), ("client_secret", &tenant.secret)];
    app.anonymous().form("/api/v1/token", &form).await.expect(StatusCode::UNAUTHORIZED);
    let head = || store::audit::head(&app.app.store, tenant.id.parse().expect("an identifier"));
    let before = head().await.expect("a head");
    api::jobs::delete_expired(&app.app).await.expect("removed");
    app.anonymous().get(&format!("/agents/{agent}/did.json")).await.refused(404, "AGENT_NOT_FOUND");
    assert_eq!(head().await.expect("a head"), before);
}

#[tokio::test]
async fn claiming_preserves_ids_credentials_and_agents() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let agent = tenant.agent("Kept").await;
    let claim = json!({ "claimCode": tenant.made["claimCode"], "email": "ana@claims.example" });
    app.anonymous().post("/api/v1/signup/claim", &claim).await.expect(StatusCode::ACCEPTED);
    let before = tenant.get("/api/v1/organizations/me").await.expect(StatusCode::OK);
    assert_eq!(before["state"], json!("provisional"), "nothing changes until the link is confirmed");
    let code = app.code("ana@claims.example", "/verify/").await;
    let verified = app
        .anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
    let organization = &verified["organization"];
    assert_eq!(
        (&organization["state"], &organization["email"], &organization["expiresAt"], &organization["organizationId"]),
        (&json!("verified"), &json!("ana@claims.example"), &json!(null), &json!(tenant.id)),
    );
    app.clock.advance(HOUR * 100);
    api::jobs::delete_expired(&app.app).await.expect("removed");
    let caller = tenant.with_token(&tenant.token_of(&tenant.id, &tenant.secret, None).await);
    caller.get(&format!("/api/v1/agents/{agent}")).await.expect(StatusCode::OK);
    // The claim code is used up.
    app.anonymous().post("/api/v1/signup/claim", &claim).await.wrong_fields();
}

#[tokio::test]
async fn a_confirmed_link_creates_a_session() {
    let app = TestApp::start().await;
    let made = app.send_signup(Some("ops@session.example")).await;
    assert_eq!((&made["organization"]["state"], made.get("claimCode")), (&json!("unverified"), None));
    let code = app.code("ops@session.example", "/verify/").await;
    let verified = app
        .anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
    let handle = verified["session"]["handle"].as_str().expect("a handle");
    let caller = app.anonymous().with_token(handle);
    let read = caller.get("/api/v1/organizations/me").await.expect(StatusCode::OK);
    assert_eq!(read["state"], json!("verified"));
}

#[tokio::test]
async fn an_organization_can_resend_its_verification_email() {
    let app = TestApp::start().await;
    let email = "again@resend.example";
    let made = app.send_signup(Some(email)).await;
    let first = app.code(email, "/verify/").await;
    let id = made["credential"]["clientId"].as_str().expect("text");
    let token = app.anonymous().token_of(id, made["credential"]["clientSecret"].as_str().expect("text"), None).await;
    let caller = app.anonymous().with_token(&token);
    caller.post("/api/v1/signup/resend", &json!({})).await.expect(StatusCode::ACCEPTED);
    app.until(|| app.mails(email).len() == 2).await;
    let second = app.code(email, "/verify/").await;
    assert_ne!(first, second);
    // Either code works, and then both are used up.
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": first, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": second, "credentials": "keep" }))
        .await
        .wrong_fields();
    caller.post("/api/v1/signup/resend", &json!({})).await.wrong_fields();
}

#[tokio::test]
async fn recovery_replaces_admin_credentials_and_revokes_sessions() {
    let app = TestApp::start().await;
    let tenant = app.verified("recovery").await;
    let email = tenant.made["organization"]["email"].as_str().expect("an address");
    let session = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    app.anonymous().post("/api/v1/signup/recover", &json!({ "email": email })).await.expect(StatusCode::ACCEPTED);
    let code = app.code(email, "/recover/").await;
    let confirm = json!({ "token": code });
    let made = app.anonymous().post("/api/v1/signup/recover/confirm", &confirm).await.expect(StatusCode::OK);
    let secret = made["credential"]["clientSecret"].as_str().expect("a secret");
    app.anonymous().token_of(&tenant.id, secret, None).await;
    tenant.get("/api/v1/organizations/me").await.refused(401, "UNAUTHORIZED");
    let handle = session["handle"].as_str().expect("a handle");
    app.anonymous().with_token(handle).get("/api/v1/sessions").await.refused(401, "UNAUTHORIZED");
    app.anonymous().post("/api/v1/signup/recover/confirm", &confirm).await.wrong_fields();
}

#[tokio::test]
async fn links_expire() {
    let app = TestApp::start().await;
    app.send_signup(Some("late@end.example")).await;
    let code = app.code("late@end.example", "/verify/").await;
    app.clock.advance(HOUR * 24);
    app.anonymous()
        .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
        .await
        .wrong_fields();
}

#[tokio::test]
async fn all_invalid_sign_up_fields_are_reported_together() {
    let app = TestApp::start().await;
    let wrong = json!({ "organizationName": " ", "email": "nobody", "displayName": "a".repeat(101) });
    assert_eq!(
        app.anonymous().post("/api/v1/signup", &wrong).await.wrong_fields(),
        ["organizationName", "displayName", "email"]
    );
    assert_eq!(app.anonymous().post("/api/v1/signup?x=1", &json!({})).await.wrong_fields(), ["x"]);
}

#[tokio::test]
async fn verification_emails_contain_a_working_curl_command() {
    let app = TestApp::start().await;
    app.send_signup(Some("curl@mailed.example")).await;
    let code = app.code("curl@mailed.example", "/verify/").await;
    let mail = app.mails("curl@mailed.example").concat();
    let body = format!("{{\"credentials\":\"revoke\",\"token\":\"{code}\"}}");
    assert!(mail.contains(&format!("curl {}/api/v1/signup/verify --json '{body}'", app.url)), "{mail}");
    let body = serde_json::from_str(&body).expect("JSON");
    app.anonymous().post("/api/v1/signup/verify", &body).await.expect(StatusCode::OK);
}
