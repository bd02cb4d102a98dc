//! Organizations that can't act: after `DELETE /organizations/me`, and suspended by the operator.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Caller, Tenant, TestApp};

const ME: &str = "/api/v1/organizations/me";

/// A publisher with a listed agent.
struct Publisher {
    tenant: Tenant,
    agent: String,
    agent_secret: String,
    as_agent: Caller,
    session: Caller,
    email: String,
}

impl Publisher {
    async fn new(app: &TestApp, name: &str) -> Self {
        let tenant = app.verified(name).await;
        let listed = json!({ "name": "Listed", "isPublic": true, "endpointUrl": "https://agent.example/a2a" });
        let agent = tenant.register(listed).await["agentId"].as_str().expect("an id").to_owned();
        let (_, agent_secret) = tenant.credential(&agent, json!({})).await;
        let token = tenant.token_of(&agent, &agent_secret, None).await;
        let opened = tenant.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
        let email = tenant.get(ME).await.body["email"].as_str().expect("an email").to_owned();
        let as_agent = tenant.with_token(&token);
        let session = tenant.with_token(opened["handle"].as_str().expect("a handle"));
        Self { tenant, agent, agent_secret, as_agent, session, email }
    }

    /// Statuses of all that others see of the agent: its page, DID document, resolution, card, and publisher.
    async fn seen(&self, app: &TestApp) -> Vec<u16> {
        let slug = app.anonymous();
        let mut statuses = Vec::new();
        for path in [
            format!("/api/v1/marketplace/agents/{}", self.agent),
            format!("/agents/{}/did.json", self.agent),
            format!("/api/v1/agents/{}/did/resolve", self.agent),
            format!("/agents/{}/agent-card.json", self.agent),
        ] {
            statuses.push(slug.get(&path).await.status.as_u16());
        }
        statuses
    }

    async fn listed(&self, app: &TestApp, count: u64) {
        let found = async {
            loop {
                let list = app.anonymous().get("/api/v1/marketplace/agents?q=Listed").await;
                if list.body["totalCount"] == json!(count) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        // The contract says 5 s.
        tokio::time::timeout(Duration::from_secs(5), found).await.expect("the list within 5 s");
    }

    async fn introspects_as_active(&self, other: &Caller) -> bool {
        let token = self.as_agent.token.clone().expect("a token");
        let result = other.form("/api/v1/token/introspect", &[("token", token.as_str())]).await;
        result.body["active"].as_bool().expect("a result")
    }

    /// Response to a token request by the agent.
    async fn agent_token(&self) -> (u16, Value) {
        let form =
            [("grant_type", "client_credentials"), ("client_id", &self.agent), ("client_secret", &self.agent_secret)];
        let response = Caller { token: None, ..self.as_agent.clone() }.form("/api/v1/token", &form).await;
        (response.status.as_u16(), response.body)
    }
}

/// Operations that an inactive organization can't use.
const OPERATIONS: [&str; 5] =
    ["/api/v1/agents", "/api/v1/tiers/status", "/api/v1/audit", "/api/v1/claims", "/api/v1/sessions"];

#[tokio::test]
async fn a_deletion_takes_effect_at_once_and_all_that_is_left_is_to_restore() {
    let app = TestApp::start().await;
    let (gone, other) = (Publisher::new(&app, "Leaver").await, app.verified("Other").await);
    assert_eq!(gone.seen(&app).await, [200, 200, 200, 200]);
    gone.listed(&app, 1).await;
    assert!(gone.introspects_as_active(&other).await);
    let deleting = gone.tenant.delete(ME).await.expect(StatusCode::ACCEPTED);
    assert_eq!((&deleting["status"], &deleting["state"]), (&json!("deleting"), &json!("verified")));
    gone.listed(&app, 0).await;
    assert_eq!(gone.seen(&app).await, [404, 410, 410, 410]);
    assert!(!gone.introspects_as_active(&other).await);
    for caller in [&gone.tenant.caller, &gone.as_agent, &gone.session] {
        for path in OPERATIONS {
            let refused = caller.get(path).await.refused(403, "ORGANIZATION_DELETING");
            assert_eq!(refused["details"]["deletionAt"], deleting["deletionAt"], "{path}");
        }
        let agent = json!({ "name": "New", "agentType": "custom", "capabilities": ["tasks:run"] });
        caller.post("/api/v1/agents", &agent).await.refused(403, "ORGANIZATION_DELETING");
    }
    let (status, refused) = gone.agent_token().await;
    assert_eq!((status, &refused["error"]), (400, &json!("unauthorized_client")));
    assert!(refused["error_description"].as_str().is_some_and(|text| text.contains("will be deleted on")), "{refused}");
    gone.as_agent.get(ME).await.refused(403, "ORGANIZATION_DELETING");
    // The admin credential gets a token for what is left, and for nothing else.
    let token = gone.tenant.token_of(&gone.tenant.id, &gone.tenant.secret, None).await;
    let admin = gone.tenant.with_token(&token);
    admin.get("/api/v1/agents").await.refused(403, "ORGANIZATION_DELETING");
    for resource in ["https://elsewhere.example", &app.url] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &gone.tenant.id),
            ("client_secret", &gone.tenant.secret),
            ("resource", resource),
        ];
        assert_eq!(app.anonymous().form("/api/v1/token", &form).await.status, 400, "{resource}");
    }
    assert_eq!(admin.get(ME).await.expect(StatusCode::OK)["status"], json!("deleting"));
    // A portal can sign the owner in, who sees what happened and restores the organization.
    let opened = admin.post("/api/v1/sessions", &json!({})).await.expect(StatusCode::CREATED);
    let new_session = admin.with_token(opened["handle"].as_str().expect("a handle"));
    assert_eq!(new_session.get(ME).await.expect(StatusCode::OK)["status"], json!("deleting"));
    new_session.get("/api/v1/agents").await.refused(403, "ORGANIZATION_DELETING");
    assert_eq!(gone.session.get(ME).await.expect(StatusCode::OK)["status"], json!("deleting"));
    let restored = admin.post(&format!("{ME}/restore"), &json!({})).await.expect(StatusCode::OK);
    assert_eq!((&restored["status"], &restored["deletionAt"]), (&json!("active"), &json!(null)));
    gone.listed(&app, 1).await;
    assert_eq!(gone.seen(&app).await, [200, 200, 200, 200]);
    gone.as_agent.get(&format!("/api/v1/agents/{}", gone.agent)).await.expect(StatusCode::OK);
    assert_eq!(gone.agent_token().await.0, 200);
}

#[tokio::test]
async fn the_emailed_link_restores_an_organization_once() {
    let app = TestApp::start().await;
    let owner = Publisher::new(&app, "Regretful").await;
    owner.session.delete(ME).await.expect(StatusCode::ACCEPTED);
    let code = json!({ "token": app.code(&owner.email, "/restore/").await });
    let link = app.anonymous().with_token(code["token"].as_str().expect("a code"));
    assert_eq!(link.get("/api/v1/signup/link").await.expect(StatusCode::OK)["purpose"], json!("restore"));
    // It is good for nothing else.
    for path in ["verify", "recover/confirm", "disown"] {
        app.anonymous().post(&format!("/api/v1/signup/{path}"), &code).await.wrong_fields();
    }
    app.anonymous().post("/api/v1/signup/restore", &code).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(owner.tenant.get(ME).await.expect(StatusCode::OK)["status"], json!("active"));
    owner.tenant.delete(ME).await.expect(StatusCode::ACCEPTED);
    app.anonymous().post("/api/v1/signup/restore", &code).await.wrong_fields();
    assert_eq!(owner.tenant.get(ME).await.body["status"], json!("deleting"));
}

#[tokio::test]
async fn a_suspended_organization_is_refused_with_the_reason_until_the_operator_restores_it() {
    let app = TestApp::start().await;
    let (bad, other) = (Publisher::new(&app, "Suspect").await, app.verified("Other").await);
    app.operator(&["organizations", "suspend", &bad.tenant.id, "--reason", "Payment fraud"]).await;
    bad.listed(&app, 0).await;
    // The documents of its agents have no usable keys; a suspension doesn't deactivate DIDs.
    assert_eq!(bad.seen(&app).await, [404, 200, 200, 404]);
    let document = app.anonymous().get(&format!("/agents/{}/did.json", bad.agent)).await.body;
    assert!(document["verificationMethod"].as_array().is_none_or(Vec::is_empty), "{document}");
    assert!(!bad.introspects_as_active(&other).await);
    for caller in [&bad.tenant.caller, &bad.as_agent, &bad.session] {
        for path in OPERATIONS {
            let refused = caller.get(path).await.refused(403, "ORGANIZATION_SUSPENDED");
            assert_eq!(refused["details"]["reason"], json!("Payment fraud"), "{path}");
        }
    }
    assert_eq!(bad.agent_token().await.0, 400);
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", bad.tenant.id.as_str()),
        ("client_secret", bad.tenant.secret.as_str()),
    ];
    let refused = app.anonymous().form("/api/v1/token", &form).await;
    assert!(refused.body["error_description"].as_str().is_some_and(|text| text.contains("Payment fraud")));
    let mine = bad.session.get(ME).await.expect(StatusCode::OK);
    assert_eq!((&mine["status"], &mine["suspensionReason"]), (&json!("suspended"), &json!("Payment fraud")));
    bad.session.post(&format!("{ME}/restore"), &json!({})).await.refused(403, "ORGANIZATION_SUSPENDED");
    assert!(app.mail(&bad.email, "was suspended").await.contains("Payment fraud"));
    // Neither does an email lead around it.
    app.anonymous().post("/api/v1/signup/recover", &json!({ "email": bad.email })).await.expect(StatusCode::ACCEPTED);
    let code = json!({ "token": app.code(&bad.email, "/recover/").await });
    app.anonymous().post("/api/v1/signup/recover/confirm", &code).await.refused(403, "ORGANIZATION_SUSPENDED");
    app.operator(&["organizations", "restore", &bad.tenant.id, "--reason", "Appeal upheld"]).await;
    bad.listed(&app, 1).await;
    assert_eq!(bad.seen(&app).await, [200, 200, 200, 200]);
    let trail = bad.tenant.get("/api/v1/audit?limit=100").await.expect(StatusCode::OK);
    let by_operator: Vec<_> =
        trail["data"].as_array().expect("events").iter().filter(|one| one["actor"] == "operator").collect();
    let actions: Vec<_> = by_operator.iter().map(|one| one["action"].as_str().expect("an action")).collect();
    assert_eq!(actions, ["organization.unsuspended", "organization.suspended"]);
    assert_eq!(by_operator[1]["metadata"]["reason"], json!("Payment fraud"));
    app.mail(&bad.email, "was restored").await;
    assert!(!app.try_operator(&["organizations", "restore", &bad.tenant.id, "--reason", "Again"]).await);
}

#[tokio::test]
async fn an_operator_ends_all_credentials_and_deletes_an_organization() {
    let app = TestApp::start().await;
    let leaked = Publisher::new(&app, "Leaked").await;
    app.operator(&["organizations", "end-credentials", &leaked.tenant.id, "--reason", "Secrets in a paste"]).await;
    for caller in [&leaked.tenant.caller, &leaked.as_agent, &leaked.session] {
        caller.get("/api/v1/agents").await.refused(401, "UNAUTHORIZED");
    }
    assert_eq!(leaked.agent_token().await.0, 401);
    leaked.listed(&app, 1).await;
    assert!(app.mail(&leaked.email, "were revoked").await.contains("Secrets in a paste"));
    app.operator(&["organizations", "delete", &leaked.tenant.id, "--reason", "On request"]).await;
    leaked.listed(&app, 0).await;
    assert!(!app.try_operator(&["organizations", "delete", &leaked.tenant.id, "--reason", "Twice"]).await);
    app.operator(&["organizations", "restore", &leaked.tenant.id, "--reason", "A mistake"]).await;
    leaked.listed(&app, 1).await;
    for wrong in [
        ["organizations", "suspend", "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "--reason", "x"],
        ["organizations", "suspend", &leaked.tenant.id, "--reason", "two\nlines"],
    ] {
        assert!(!app.try_operator(&wrong).await, "{wrong:?}");
    }
}
