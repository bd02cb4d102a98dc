//! `/marketplace`

mod change_feed;
mod checked;
mod claim_rows;
mod large_texts;
mod look_alikes;
mod moderation;
mod reads;
mod retired;
mod search;
mod seed;

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Caller, Response, Tenant, TestApp};

const AGENTS: &str = "/api/v1/marketplace/agents";

/// Returns the results of a query once they satisfy a condition.
async fn eventually(caller: &Caller, query: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    let found = async {
        loop {
            last = caller.get(&format!("{AGENTS}{query}")).await.expect(StatusCode::OK);
            if holds(&last) {
                return last.clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    match tokio::time::timeout(Duration::from_secs(20), found).await {
        Ok(body) => body,
        Err(error) => panic!("{query} never satisfied the condition ({error}): {last:#}"),
    }
}

/// Returns the results once there are `total`.
async fn find(caller: &Caller, query: &str, total: u64) -> Value {
    eventually(caller, query, |body| body["totalCount"] == json!(total)).await
}

/// Exempts an organization from limits.
async fn enterprise(app: &TestApp, tenant: &Tenant) {
    app.operator(&["organizations", "set-tier", &tenant.id, "enterprise"]).await;
}

fn names(body: &Value) -> Vec<&str> {
    let data = body["data"].as_array().expect("a list").iter();
    data.map(|agent| agent["name"].as_str().expect("a name")).collect()
}

fn id(agent: &Value) -> String {
    agent["agentId"].as_str().expect("an identifier").to_owned()
}

/// Returns an error response without the values that differ between requests.
fn without_request_id(response: &Response) -> (StatusCode, String, Vec<(String, String)>) {
    let mut body = response.body.clone();
    let request_id = body["requestId"].take();
    let text = serde_json::to_string(&body).expect("JSON");
    assert!(request_id.is_string());
    let own = ["x-request-id", "date", "ratelimit"];
    let headers = response.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned())).collect();
    (response.status, text, headers)
}

#[tokio::test]
async fn public_agents_of_verified_organizations_are_published() {
    let app = TestApp::start().await;
    let email = "ops@northquay.example";
    let signup = json!({ "organizationName": "Northquay", "email": email });
    let made = app.anonymous().post("/api/v1/signup", &signup).await.expect(StatusCode::CREATED);
    let text = |field: &str| made["credential"][field].as_str().expect("text").to_owned();
    let token = app.anonymous().token_of(&text("clientId"), &text("clientSecret"), None).await;
    let owner = app.anonymous().with_token(&token);
    let fields = json!({ "name": "Waits", "agentType": "custom", "capabilities": ["a:b"], "isPublic": true, "email": "secret@northquay.example" });
    let waits = owner.post("/api/v1/agents", &fields).await.expect(StatusCode::CREATED);
    let tenant = app.verified("other").await;
    tenant.register(json!({ "name": "Private" })).await;
    tenant.register(json!({ "name": "Public", "isPublic": true })).await;
    let reader = app.anonymous();
    assert_eq!(names(&find(&reader, "", 1).await), ["Public"]);
    reader.get(&format!("{AGENTS}/{}", id(&waits))).await.refused(404, "AGENT_NOT_FOUND");
    let code = app.code(email, "/verify/").await;
    reader.post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" })).await.expect(StatusCode::OK);
    let body = find(&reader, "?q=waits", 1).await;
    let card = &body["data"][0];
    let mut fields: Vec<&str> = card.as_object().expect("an object").keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "agentId",
            "agentType",
            "capabilities",
            "claimCount",
            "claims",
            "createdAt",
            "deploymentEnv",
            "description",
            "did",
            "moderation",
            "name",
            "owner",
            "publishedAt",
            "publisher",
            "publisherName",
            "status",
            "tags",
            "updatedAt",
            "version"
        ]
    );
    assert_eq!(card["publisher"]["displayName"], json!("Northquay"));
    let shown = reader.get(&format!("{AGENTS}/{}", id(&waits))).await.expect(StatusCode::OK);
    for text in [body.to_string(), shown.to_string()] {
        assert!(
            !text.contains("secret@") && !text.contains(made["organization"]["organizationId"].as_str().expect("text"))
        );
    }
    assert_eq!(shown["didDocument"]["id"], shown["did"]);
    assert_eq!(shown["agentCard"], Value::Null);
    assert!(shown["links"]["reports"].as_str().is_some_and(|link| link.ends_with("/reports")));
}

#[tokio::test]
async fn all_unlisted_agents_return_an_identical_404() {
    let app = TestApp::start().await;
    let tenant = app.verified("hider").await;
    let unverified = app.provisional().await;
    let private = id(&tenant.register(json!({})).await);
    let suspended = id(&tenant.register(json!({ "isPublic": true })).await);
    tenant
        .patch(&format!("/api/v1/agents/{suspended}"), &json!({ "status": "suspended" }))
        .await
        .expect(StatusCode::OK);
    let gone = id(&tenant.register(json!({ "isPublic": true })).await);
    tenant.delete(&format!("/api/v1/agents/{gone}")).await;
    let waiting = id(&unverified.register(json!({ "isPublic": true })).await);
    let unknown = uuid::Uuid::now_v7().to_string();
    let reader = app.anonymous();
    let mut responses = Vec::new();
    for id in [private, suspended, gone, waiting, unknown, "nonsense".to_owned()] {
        responses.push(without_request_id(&reader.get(&format!("{AGENTS}/{id}")).await));
    }
    assert_eq!(responses[0].0, StatusCode::NOT_FOUND);
    assert!(responses[0].1.contains("AGENT_NOT_FOUND"));
    assert!(responses.iter().all(|response| *response == responses[0]), "{responses:#?}");
}

#[tokio::test]
async fn changes_are_listed_in_order_within_their_retention() {
    let app = TestApp::start().await;
    let tenant = app.verified("mover").await;
    let reader = app.anonymous();
    let changes = |since: Option<&str>| {
        let (reader, query) = (reader.clone(), since.map(|since| format!("?since={since}")).unwrap_or_default());
        async move { reader.get(&format!("/api/v1/marketplace/changes{query}")).await.expect(StatusCode::OK) }
    };
    let agent = id(&tenant.register(json!({ "isPublic": true })).await);
    tenant.register(json!({})).await;
    let path = format!("/api/v1/agents/{agent}");
    tenant.patch(&path, &json!({ "name": "B" })).await.expect(StatusCode::OK);
    let first = changes(None).await;
    tenant.patch(&path, &json!({ "isPublic": false })).await.expect(StatusCode::OK);
    tenant.patch(&path, &json!({ "isPublic": true })).await.expect(StatusCode::OK);
    tenant.delete(&path).await;
    let kinds = |body: &Value| -> Vec<String> {
        let data = body["data"].as_array().expect("a list").iter();
        data.map(|change| {
            assert_eq!(change["agentId"], json!(agent));
            change["kind"].as_str().expect("text").to_owned()
        })
        .collect()
    };
    assert_eq!((kinds(&first), &first["reset"]), (vec!["published".to_owned(), "changed".to_owned()], &json!(false)));
    let cursor = first["nextCursor"].as_str().expect("a cursor");
    let rest = changes(Some(cursor)).await;
    assert_eq!(kinds(&rest), ["hidden", "published", "gone"]);
    let end = rest["nextCursor"].as_str().expect("a cursor");
    let none = changes(Some(end)).await;
    assert_eq!((kinds(&none), &none["reset"], &none["nextCursor"]), (vec![], &json!(false), &json!(end)));
    let page = reader.get("/api/v1/marketplace/changes?limit=2").await.expect(StatusCode::OK);
    assert_eq!((kinds(&page).len(), &page["hasMore"]), (2, &json!(true)));
    assert_eq!(changes(Some("nonsense")).await["reset"], json!(true));
    app.clock.advance(Duration::from_hours(24 * 7));
    let expired = changes(Some(cursor)).await;
    assert_eq!((&expired["reset"], &expired["data"]), (&json!(true), &json!([])));
    assert_eq!(reader.get("/api/v1/marketplace/changes?limit=0").await.wrong_fields(), ["limit"]);
}
