//! Sign-ups with another person's email address: the owner of the address decides.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Tenant, TestApp};

const VERIFY: &str = "/api/v1/signup/verify";

/// A sign-up with an email address, an agent and its credential, that was not verified yet. Returns the agent's secret.
async fn stranger(app: &TestApp, email: &str) -> (Tenant, String, String) {
    let made =
        app.from("203.0.113.77").post("/api/v1/signup", &json!({ "organizationName": "Trap", "email": email })).await;
    let tenant = app.tenant(made.expect(StatusCode::CREATED)).await;
    let listed = json!({ "name": "Sleeper", "isPublic": true });
    let agent = tenant.register(listed).await["agentId"].as_str().expect("an id").to_owned();
    let (_, secret) = tenant.credential(&agent, json!({})).await;
    (tenant, agent, secret)
}

#[tokio::test]
async fn confirming_a_strangers_sign_up_ends_its_credentials_and_sessions() {
    let app = TestApp::start().await;
    let (thief, agent, secret) = stranger(&app, "me@mine.example").await;
    let agent_caller = thief.with_token(&thief.token_of(&agent, &secret, None).await);
    let opened = thief.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    let session = thief.with_token(opened["handle"].as_str().expect("a handle"));
    let code = app.code("me@mine.example", "/verify/").await;
    let confirmed = app.anonymous().post(VERIFY, &json!({ "token": code })).await.expect(StatusCode::OK);
    for caller in [&thief.caller, &agent_caller, &session] {
        caller.get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    }
    for (id, secret) in [(&thief.id, &thief.secret), (&agent, &secret)] {
        let form =
            [("grant_type", "client_credentials"), ("client_id", id.as_str()), ("client_secret", secret.as_str())];
        assert_eq!(app.anonymous().form("/api/v1/token", &form).await.status, 401);
    }
    let mine = app.anonymous().with_token(confirmed["session"]["handle"].as_str().expect("a handle"));
    let agents = mine.get("/api/v1/agents").await.expect(StatusCode::OK);
    assert_eq!(agents["data"][0]["name"], json!("Sleeper"));
    assert_eq!(agents["data"][0]["isPublic"], json!(false), "nothing of a stranger is published in the owner's name");
    let trail = mine.get("/api/v1/audit?action=organization.verified").await.expect(StatusCode::OK);
    assert_eq!(trail["data"][0]["metadata"]["revoked"], json!(2), "{trail}");
}

#[tokio::test]
async fn the_sign_up_keeps_its_credentials_if_the_caller_proves_or_says_that_it_is_theirs() {
    let app = TestApp::start().await;
    let (own, _, _) = stranger(&app, "own@mine.example").await;
    let code = app.code("own@mine.example", "/verify/").await;
    own.post(VERIFY, &json!({ "token": code })).await.expect(StatusCode::OK);
    own.get("/api/v1/agents").await.expect(StatusCode::OK);
    let (said, _, _) = stranger(&app, "said@mine.example").await;
    let code = app.code("said@mine.example", "/verify/").await;
    app.anonymous().post(VERIFY, &json!({ "token": code, "credentials": "keep" })).await.expect(StatusCode::OK);
    let agents = said.get("/api/v1/agents").await.expect(StatusCode::OK);
    assert_eq!(agents["data"][0]["isPublic"], json!(true));
    // Neither another organization nor an agent of the same one proves anything.
    let (third, agent, secret) = stranger(&app, "third@mine.example").await;
    let code = app.code("third@mine.example", "/verify/").await;
    let as_agent = third.with_token(&third.token_of(&agent, &secret, None).await);
    as_agent.post(VERIFY, &json!({ "token": code })).await.expect(StatusCode::OK);
    third.get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    let (fourth, _, _) = stranger(&app, "fourth@mine.example").await;
    let code = app.code("fourth@mine.example", "/verify/").await;
    own.post(VERIFY, &json!({ "token": code })).await.expect(StatusCode::OK);
    fourth.get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn an_owner_of_the_address_can_disown_a_sign_up_and_a_claim() {
    let app = TestApp::start().await;
    let (thief, agent, _) = stranger(&app, "victim@mine.example").await;
    let code = json!({ "token": app.code("victim@mine.example", "/verify/").await });
    app.anonymous().post("/api/v1/signup/disown", &code).await.expect(StatusCode::NO_CONTENT);
    thief.get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    assert!(app.anonymous().get(&format!("/agents/{agent}/did.json")).await.status.is_client_error());
    app.anonymous().post(VERIFY, &code).await.wrong_fields();
    let claimed = app.provisional().await;
    let claim = json!({ "claimCode": claimed.made["claimCode"], "email": "other@mine.example" });
    app.anonymous().post("/api/v1/signup/claim", &claim).await.expect(StatusCode::ACCEPTED);
    let code = json!({ "token": app.code("other@mine.example", "/verify/").await });
    app.anonymous().post("/api/v1/signup/disown", &code).await.expect(StatusCode::NO_CONTENT);
    claimed.get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    // A suspended one keeps what it was suspended for.
    let (suspended, _, _) = stranger(&app, "evidence@mine.example").await;
    let code = json!({ "token": app.code("evidence@mine.example", "/verify/").await });
    app.operator(&["organizations", "suspend", &suspended.id, "--reason", "Fraud"]).await;
    app.anonymous().post("/api/v1/signup/disown", &code).await.refused(403, "ORGANIZATION_SUSPENDED");
    app.anonymous().post(VERIFY, &code).await.refused(403, "ORGANIZATION_SUSPENDED");
    // A verified organization has an owner, who deletes it in another way.
    let verified = app.verified("Owned").await;
    let email = verified.get("/api/v1/organizations/me").await.body["email"].as_str().expect("an email").to_owned();
    app.anonymous().post("/api/v1/signup/recover", &json!({ "email": email })).await.expect(StatusCode::ACCEPTED);
    let code = json!({ "token": app.code(&email, "/recover/").await });
    app.anonymous().post("/api/v1/signup/disown", &code).await.wrong_fields();
    verified.get("/api/v1/agents").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn the_email_and_the_link_say_whose_organization_it_is() {
    let app = TestApp::start().await;
    let (thief, _, _) = stranger(&app, "asks@mine.example").await;
    let mail = app.mail("asks@mine.example", "/verify/").await;
    for part in ["\"Trap\"", &thief.id, "203.0.113.0/24", "0 agents", "1 active credential"] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
    assert!(!mail.contains("203.0.113.77"), "the address itself");
    let code = app.code("asks@mine.example", "/verify/").await;
    let link = app.anonymous().with_token(&code);
    for _ in 0..2 {
        let shown = link.get("/api/v1/signup/link").await.expect(StatusCode::OK);
        let organization = &shown["organization"];
        assert_eq!((&shown["purpose"], &organization["name"]), (&json!("verify"), &json!("Trap")));
        assert_eq!((&organization["agentCount"], &organization["credentialCount"]), (&json!(1), &json!(2)));
        assert_eq!(organization["network"], json!("203.0.113.0/24"));
    }
    app.anonymous().post(VERIFY, &json!({ "token": code, "credentials": "keep" })).await.expect(StatusCode::OK);
    link.get("/api/v1/signup/link").await.wrong_fields();
    app.anonymous().get("/api/v1/signup/link").await.refused(401, "UNAUTHORIZED");
    // The network is forgotten once the address is verified.
    let trail = thief.get("/api/v1/audit?limit=100").await.expect(StatusCode::OK);
    assert!(!trail.to_string().contains("203.0.113"), "{trail}");
    app.anonymous()
        .post("/api/v1/signup/recover", &json!({ "email": "asks@mine.example" }))
        .await
        .expect(StatusCode::ACCEPTED);
    let code = app.code("asks@mine.example", "/recover/").await;
    let shown = app.anonymous().with_token(&code).get("/api/v1/signup/link").await.expect(StatusCode::OK);
    assert_eq!((&shown["purpose"], &shown["organization"]["network"]), (&json!("recover"), &json!(null)));
}
