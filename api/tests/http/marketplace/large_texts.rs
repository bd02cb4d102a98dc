//! Agents with the longest allowed texts and most claims: nobody can make a list too large for others.

use std::collections::BTreeSet;

use super::claim_rows::{insert_claims, pending, valid_until};
use super::*;

/// Agents of the test: more than a page has room for.
const COUNT: usize = 60;

/// The longest texts of an agent.
fn longest(index: usize) -> Value {
    let tag = |number: usize| format!("{number:02}{}", "\u{1f69a}".repeat(38));
    let capability = |number: usize| format!("{}:{number:02}{}", "r".repeat(31), "a".repeat(29));
    json!({
        "name": format!("{index:02}{}", "\u{1f69a}".repeat(98)), "description": "\u{1f69a}".repeat(500),
        "owner": "\u{1f69a}".repeat(128), "isPublic": true,
        "tags": (0..50).map(tag).collect::<Vec<_>>(), "capabilities": (0..50).map(capability).collect::<Vec<_>>(),
    })
}

#[tokio::test]
async fn a_page_of_the_longest_texts_is_shortened_and_its_cursor_skips_nothing() {
    let app = TestApp::start().await;
    let tenant = app.verified("north").await;
    enterprise(&app, &tenant).await;
    let mut ids = BTreeSet::new();
    for index in 0..COUNT {
        ids.insert(tenant.register(longest(index)).await["agentId"].as_str().expect("an ID").to_owned());
    }
    let end = app.clock.now_ms() + 3_600_000;
    let domain = |number: usize| format!("{number}.{}.example", "a".repeat(60));
    let domains = (0..20).map(|number| valid_until(pending(&tenant, None, "domain", &domain(number)), end));
    let key = valid_until(pending(&tenant, None, "key", "thumbprint"), end);
    let changed: Vec<&str> = ids.iter().map(String::as_str).collect();
    insert_claims(&app, domains.chain([key]).collect(), &changed).await;
    let reader = app.anonymous();
    for order in ["", "&sort=name"] {
        eventually(&reader, "?limit=1", |body| {
            body["totalCount"] == json!(COUNT) && body["data"][0]["claimCount"] == json!(21)
        })
        .await;
        let mut seen = BTreeSet::new();
        let mut query = format!("?limit=100{order}");
        loop {
            let page = reader.get(&format!("{AGENTS}{query}")).await;
            let link = page.header("link").to_owned();
            let body = page.expect(StatusCode::OK);
            assert!(body.to_string().len() < 600_000);
            for agent in body["data"].as_array().expect("a list") {
                assert_eq!((agent["claims"].as_array().map(Vec::len), &agent["claimCount"]), (Some(4), &json!(21)));
                assert_eq!(
                    (&agent["claims"][0]["kind"], &agent["claims"][1]["kind"]),
                    (&json!("domain"), &json!("key"))
                );
                assert!(seen.insert(agent["agentId"].as_str().expect("an ID").to_owned()), "twice");
            }
            let Some(cursor) = body["nextCursor"].as_str() else { break };
            assert!(link.contains(&format!("cursor={cursor}>; rel=\"next\"")), "{link}");
            query = format!("?limit=100{order}&cursor={cursor}");
        }
        assert_eq!(seen, ids, "{order}");
    }
    let detail = reader.get(&format!("{AGENTS}/{}", changed[0])).await.expect(StatusCode::OK);
    assert_eq!(detail["claims"].as_array().map(Vec::len), Some(21), "the agent itself has all");
}
