//! `/marketplace`

mod change_feed;
mod checked;
mod claim_rows;
mod look_alikes;
mod moderation;
mod seed;

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Response, Tenant, TestApp};

const AGENTS: &str = "/api/v1/marketplace/agents";

/// What is found for a query, once it is as it has to be.
async fn eventually(caller: &Caller, query: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let mut last = Value::Null;
    let found = async {
        loop {
            last = caller.get(&format!("{AGENTS}{query}")).await.expect(StatusCode::OK);
            if is_so(&last) {
                return last.clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    match tokio::time::timeout(Duration::from_secs(20), found).await {
        Ok(body) => body,
        Err(error) => panic!("{query} never came out so ({error}): {last:#}"),
    }
}

/// What is found, once there are so many.
async fn find(caller: &Caller, query: &str, total: u64) -> Value {
    eventually(caller, query, |body| body["totalCount"] == json!(total)).await
}

/// Runs a command of `api`, as an operator does. It starts a runtime of its own, so it has a thread of its own.
async fn operator(app: &TestApp, arguments: &[&str]) {
    let data = app.data_dir().display().to_string();
    let all = [&["api"], arguments, &["--data-dir", &data]].concat();
    let all: Vec<std::ffi::OsString> = all.into_iter().map(Into::into).collect();
    let done = tokio::task::spawn_blocking(move || api::cli::run(all)).await.expect("the command");
    assert_eq!(done, std::process::ExitCode::SUCCESS, "{arguments:?}");
}

/// Frees a tenant of limits.
async fn enterprise(app: &TestApp, tenant: &Tenant) {
    operator(app, &["organizations", "set-tier", &tenant.id, "enterprise"]).await;
}

fn names(body: &Value) -> Vec<&str> {
    let data = body["data"].as_array().expect("a list").iter();
    data.map(|agent| agent["name"].as_str().expect("a name")).collect()
}

fn id(agent: &Value) -> String {
    agent["agentId"].as_str().expect("an identifier").to_owned()
}

/// A refusal without what differs from request to request.
fn but_request_id(answer: &Response) -> (StatusCode, String, Vec<(String, String)>) {
    let mut body = answer.body.clone();
    let request_id = body["requestId"].take();
    let text = serde_json::to_string(&body).expect("JSON");
    assert!(request_id.is_string());
    let own = ["x-request-id", "date", "ratelimit"];
    let headers = answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned())).collect();
    (answer.status, text, headers)
}

#[tokio::test]
async fn an_agent_is_published_when_it_is_public_and_its_organization_verified() {
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
    reader.post("/api/v1/signup/verify", &json!({ "token": code })).await.expect(StatusCode::OK);
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
async fn what_is_not_shown_is_one_and_the_same_404() {
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
    let mut answers = Vec::new();
    for id in [private, suspended, gone, waiting, unknown, "nonsense".to_owned()] {
        answers.push(but_request_id(&reader.get(&format!("{AGENTS}/{id}")).await));
    }
    assert_eq!(answers[0].0, StatusCode::NOT_FOUND);
    assert!(answers[0].1.contains("AGENT_NOT_FOUND"));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn what_is_asked_is_checked_and_what_is_unknown_named() {
    let app = TestApp::start().await;
    let reader = app.anonymous();
    let wrong = |query: &str| {
        let (reader, path) = (reader.clone(), format!("{AGENTS}?{query}"));
        async move { reader.get(&path).await.wrong_fields() }
    };
    assert_eq!(wrong("agenttype=router").await, ["agenttype"]);
    assert_eq!(wrong(&format!("q={}", "a".repeat(201))).await, ["q"]);
    assert_eq!(
        wrong("capability=x&agentType=robot&checked=blood&updatedSince=now&sort=best&facets=owner").await,
        ["capability", "agentType", "checked", "updatedSince", "sort", "facets"]
    );
    assert_eq!(wrong("limit=101").await, ["limit"]);
    assert_eq!(wrong("limit=0").await, ["limit"]);
    assert_eq!(wrong("page=0").await, ["page"]);
    assert_eq!(wrong("page=101&limit=100").await, ["page"]);
    assert_eq!(wrong("page=1&cursor=abc").await, ["cursor"]);
    assert_eq!(wrong("cursor=abc").await, ["cursor"]);
    assert_eq!(wrong("page=x").await, ["page"]);
    let deep = reader.get(&format!("{AGENTS}?page=101&limit=100")).await;
    assert!(deep.body.to_string().contains("cursor"));
    reader.get(&format!("{AGENTS}?page=100&limit=100")).await.expect(StatusCode::OK);
    assert_eq!(wrong("q=").await, ["q"]);
    reader.get(&format!("{AGENTS}?publisher=nobody")).await.expect(StatusCode::OK);
    assert_eq!(reader.get(&format!("{AGENTS}/{}?a=1", uuid::Uuid::now_v7())).await.wrong_fields(), ["a"]);
}

#[tokio::test]
async fn it_is_filtered_counted_and_paged() {
    let app = TestApp::start().await;
    let (first, second) = (app.verified("first").await, app.verified("second").await);
    for index in 0..7 {
        let capabilities = if index < 3 { json!(["ledger:read", "ledger:write"]) } else { json!(["ledger:read"]) };
        let fields = json!({ "name": format!("Agent {index}"), "isPublic": true, "capabilities": capabilities });
        first.register(fields).await;
    }
    let router = json!({ "name": "Router", "agentType": "router", "isPublic": true, "capabilities": ["mail:send"] });
    second.register(router).await;
    let reader = app.anonymous();
    let body = find(&reader, "?limit=2&facets=capability,agentType,publisher,checked", 8).await;
    assert_eq!(names(&body), ["Router", "Agent 6"], "the last first");
    assert_eq!((&body["page"], &body["limit"], &body["totalPages"]), (&json!(1), &json!(2), &json!(4)));
    let counts = json!([
        { "value": "ledger:read", "count": 7 }, { "value": "ledger:write", "count": 3 }, { "value": "mail:send", "count": 1 },
    ]);
    assert_eq!(body["facets"]["capability"], counts);
    assert_eq!(
        body["facets"]["agentType"],
        json!([{ "value": "custom", "count": 7 }, { "value": "router", "count": 1 }])
    );
    assert_eq!(body["facets"]["publisher"].as_array().map(Vec::len), Some(2));
    assert_eq!(body["facets"]["checked"], json!([]));
    let slug = first.made["organization"]["slug"].as_str().expect("a slug");
    for (query, total) in [
        ("?capability=ledger:read&capability=ledger:write".to_owned(), 3),
        ("?capability=ledger:write,mail:send".to_owned(), 4),
        (format!("?publisher={slug}"), 7),
        ("?agentType=router".to_owned(), 1),
        ("?updatedSince=2020-01-01T00:00:00Z".to_owned(), 8),
        ("?updatedSince=2999-01-01T00:00:00Z".to_owned(), 0),
        ("?q=agent%204".to_owned(), 1),
        ("?q=ledger".to_owned(), 7),
    ] {
        assert_eq!(
            reader.get(&format!("{AGENTS}{query}")).await.expect(StatusCode::OK)["totalCount"],
            json!(total),
            "{query}"
        );
    }
    let answer = reader.get(&format!("{AGENTS}?sort=name&limit=3&page=2")).await;
    let link = answer.header("link").to_owned();
    assert_eq!(names(&answer.body), ["Agent 3", "Agent 4", "Agent 5"]);
    for part in ["limit=3>; rel=\"first\"", "page=1>; rel=\"prev\"", "page=3>; rel=\"next\""] {
        assert!(link.contains(part), "{link}");
    }
    let mut all = Vec::new();
    let mut query = "?sort=name&limit=3".to_owned();
    loop {
        let body = reader.get(&format!("{AGENTS}{query}")).await.expect(StatusCode::OK);
        all.extend(names(&body).into_iter().map(str::to_owned));
        let Some(cursor) = body["nextCursor"].as_str() else { break };
        query = format!("?sort=name&limit=3&cursor={cursor}");
    }
    let wanted: Vec<String> = (0..7).map(|index| format!("Agent {index}")).chain(["Router".to_owned()]).collect();
    assert_eq!(all, wanted);
    let foreign = query.replace("sort=name", "sort=recent");
    assert_eq!(reader.get(&format!("{AGENTS}{foreign}")).await.wrong_fields(), ["cursor"]);
}

#[tokio::test]
async fn changes_are_told_in_order_as_long_as_they_are_kept() {
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
    let over = changes(Some(cursor)).await;
    assert_eq!((&over["reset"], &over["data"]), (&json!(true), &json!([])));
    assert_eq!(reader.get("/api/v1/marketplace/changes?limit=0").await.wrong_fields(), ["limit"]);
}

#[tokio::test]
async fn a_publisher_is_found_by_its_slug_and_by_the_one_it_had() {
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
    // Without a display name it is its name that readers see.
    tenant.patch("/api/v1/organizations/me", &json!({ "displayName": null })).await.expect(StatusCode::OK);
    let of = |body: &Value| body["facets"]["publisher"][0]["label"] == json!("renamer");
    eventually(&reader, "?facets=publisher", of).await;
}

#[tokio::test]
async fn what_everybody_reads_can_be_kept_and_read_by_any_page() {
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
async fn readers_are_limited_by_address_but_for_services_without_limits() {
    let app = TestApp::with(&["--address-per-minute=5"]).await;
    let tenant = app.verified("portal").await;
    let reader = app.from("203.0.113.7");
    for _ in 0..5 {
        let answer = reader.get(AGENTS).await;
        assert!(answer.header("ratelimit-policy").starts_with("\"address\""));
        answer.expect(StatusCode::OK);
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
async fn without_a_marketplace_there_is_nothing_at_its_addresses() {
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
