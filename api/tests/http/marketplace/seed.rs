//! Sample of the MCP registry, if present beside the repository: real names and texts.
#![allow(clippy::print_stdout, reason = "rejected records with their reasons, for people")]

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{AGENTS, enterprise, find};
use crate::support::{Caller, TestApp};

/// Reads the records, if present.
fn records() -> Option<Vec<Value>> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join("../shared/data/mcp-registry-seed.json")).ok()?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// Transposes two letters in the middle of a name.
fn mistyped(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    let place = (middle..letters.len() - 1).find(|place| letters[*place] != letters[place + 1]).unwrap_or(0);
    letters.swap(place, place + 1);
    letters.into_iter().collect()
}

fn query(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn ids(reader: &Caller, query: &str) -> (Vec<String>, Value) {
    let body = reader.get(&format!("{AGENTS}{query}")).await.expect(StatusCode::OK);
    let data = body["data"].as_array().expect("a list").iter();
    (data.map(super::id).collect(), body)
}

#[tokio::test]
async fn every_registry_record_is_found_by_name_and_by_typo() {
    let Some(records) = records() else {
        println!("not run: ../shared/data/mcp-registry-seed.json is missing");
        return;
    };
    let app = TestApp::with(&["--address-per-minute=1000000"]).await;
    let tenant = app.verified("seed").await;
    enterprise(&app, &tenant).await;
    let mut registered: Vec<(String, String)> = Vec::new();
    for record in &records {
        let name = record["name"].as_str().unwrap_or_default();
        let agent = json!({
            "name": name,
            "description": record["description"].as_str().unwrap_or_default(),
            "version": record["version_detail"]["version"],
            "agentType": "custom",
            "capabilities": ["mcp:call"],
            "owner": name.split('/').next(),
            "isPublic": true,
        });
        let response = tenant.post("/api/v1/agents", &agent).await;
        if response.status == StatusCode::CREATED {
            registered.push((super::id(&response.body), name.to_owned()));
        } else {
            println!("rejected: {name:?}: {}", response.body["details"]);
        }
    }
    println!("{} of {} records registered", registered.len(), records.len());
    let reader = app.anonymous();
    find(&reader, "?limit=1", registered.len() as u64).await;
    let mut missed = Vec::new();
    for (id, name) in &registered {
        let (found, body) = ids(&reader, &format!("?limit=5&q={}", query(name))).await;
        let same = |other: &&(String, String)| other.1.to_lowercase() == name.to_lowercase();
        let alike: BTreeSet<&str> = registered.iter().filter(same).map(|(id, _)| id.as_str()).collect();
        if !found.first().is_some_and(|first| alike.contains(first.as_str())) {
            missed.push(format!("{name}: {:?}", super::names(&body)));
        }
        let typo = mistyped(name);
        let (found, body) = ids(&reader, &format!("?limit=5&q={}", query(&typo))).await;
        if !found.iter().any(|found| alike.contains(found.as_str())) {
            missed.push(format!("{typo} for {name} ({id}): {:?}", super::names(&body)));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    let all: BTreeSet<String> = registered.iter().map(|(id, _)| id.clone()).collect();
    for sort in ["recent", "name", "updated"] {
        let (mut by_page, mut by_cursor) = (Vec::new(), Vec::new());
        let mut place = String::new();
        for page in 1.. {
            by_page.extend(ids(&reader, &format!("?sort={sort}&limit=17&page={page}")).await.0);
            let (found, body) = ids(&reader, &format!("?sort={sort}&limit=17{place}")).await;
            by_cursor.extend(found);
            let Some(next) = body["nextCursor"].as_str() else { break };
            place = format!("&cursor={next}");
        }
        assert_eq!(by_page, by_cursor, "{sort}");
        assert_eq!(by_page.len(), all.len(), "{sort}: no duplicates");
        assert_eq!(by_page.into_iter().collect::<BTreeSet<_>>(), all, "{sort}: none missing");
    }
}
