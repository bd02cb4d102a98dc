//! Parameters, filters, facets and pages of the search.

use reqwest::StatusCode;
use serde_json::json;

use super::*;

#[tokio::test]
async fn invalid_and_unknown_search_parameters_are_named() {
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
async fn results_are_filtered_counted_and_paginated() {
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
    assert_eq!(names(&body), ["Router", "Agent 6"], "newest first");
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
    let response = reader.get(&format!("{AGENTS}?sort=name&limit=3&page=2")).await;
    let link = response.header("link").to_owned();
    assert_eq!(names(&response.body), ["Agent 3", "Agent 4", "Agent 5"]);
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
