//! State after a kill during writes, and behavior on a full disk.

use std::process::Command;

use reqwest::StatusCode;
use serde_json::json;

use crate::process::{Process, enterprise};
use crate::support::{Caller, Response};

async fn register(caller: &Caller, name: String) -> Option<Response> {
    let body = json!({ "name": name, "agentType": "custom", "capabilities": ["a:b"], "description": "d".repeat(400) });
    let request = caller
        .request(reqwest::Method::POST, "/api/v1/agents")
        .header("content-type", "application/json")
        .body(body.to_string());
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status(), response.headers().clone());
    Some(Response { status, headers, body: serde_json::from_str(&response.text().await.ok()?).ok()? })
}

#[tokio::test]
async fn a_kill_loses_no_acknowledged_write_and_breaks_no_chain() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged: Vec<String> = Vec::new();
    let mut client = None;
    for round in 0..3 {
        let mut process = Process::start(folder.path(), "", "info");
        let caller = match &client {
            None => {
                let (id, secret, caller) = enterprise(&process, folder.path()).await;
                client = Some((id, secret));
                caller
            }
            Some((id, secret)) => process.caller().with_token(&process.caller().token_of(id, secret, None).await),
        };
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        let writers: Vec<_> = (0..16)
            .map(|writer| {
                let (caller, sender) = (caller.clone(), sender.clone());
                tokio::spawn(async move {
                    for index in 0.. {
                        let Some(response) = register(&caller, format!("{round} {writer} {index}")).await else {
                            break;
                        };
                        if response.status != StatusCode::CREATED {
                            break;
                        }
                        let _ = sender.send(response.body["agentId"].as_str().expect("text").to_owned());
                    }
                })
            })
            .collect();
        drop(sender);
        while acknowledged.len() < 150 * (round + 1) {
            acknowledged.push(receiver.recv().await.expect("an acknowledged agent"));
        }
        process.kill();
        for writer in writers {
            writer.await.expect("a writer");
        }
        while let Ok(id) = receiver.try_recv() {
            acknowledged.push(id);
        }
    }
    let (id, secret) = client.expect("a client");
    let process = Process::start(folder.path(), "", "info");
    let caller = process.caller().with_token(&process.caller().token_of(&id, &secret, None).await);
    for agent in &acknowledged {
        caller.get(&format!("/api/v1/agents/{agent}")).await.expect(StatusCode::OK);
    }
    let verified = caller.get("/api/v1/audit/verify").await.expect(StatusCode::OK);
    assert_eq!(verified["verified"], json!(true), "{verified}");
    // Every agent has its event, and every event its agent.
    let agents = caller.get("/api/v1/agents?limit=1").await.expect(StatusCode::OK)["total"].clone();
    let events =
        caller.get("/api/v1/audit?limit=1&action=agent.registered").await.expect(StatusCode::OK)["total"].clone();
    assert_eq!(agents, events);
    assert!(agents.as_u64().expect("a number") >= acknowledged.len() as u64);
}

/// Registers an agent by a call with an `Idempotency-Key`.
async fn register_once(caller: &Caller, key: &str) -> reqwest::Result<reqwest::Response> {
    let body = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"] });
    let request = caller.request(reqwest::Method::POST, "/api/v1/agents").header("idempotency-key", key);
    request.header("content-type", "application/json").body(body.to_string()).send().await
}

#[tokio::test]
async fn a_call_with_a_key_that_a_kill_interrupted_gets_its_response_when_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut process = Process::start(folder.path(), "", "info");
    let (id, secret, caller) = enterprise(&process, folder.path()).await;
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let writers: Vec<_> = (0..16)
        .map(|_| {
            let (caller, sender) = (caller.clone(), sender.clone());
            tokio::spawn(async move {
                loop {
                    let key = uuid::Uuid::new_v4().to_string();
                    let _ = sender.send(key.clone());
                    if register_once(&caller, &key).await.is_err() {
                        break;
                    }
                }
            })
        })
        .collect();
    drop(sender);
    let mut keys = Vec::new();
    while keys.len() < 200 {
        keys.push(receiver.recv().await.expect("a key"));
    }
    process.kill();
    for writer in writers {
        writer.await.expect("a writer");
    }
    while let Ok(key) = receiver.try_recv() {
        keys.push(key);
    }
    let process = Process::start(folder.path(), "", "info");
    let caller = process.caller().with_token(&process.caller().token_of(&id, &secret, None).await);
    for key in &keys {
        let response = register_once(&caller, key).await.expect("a response");
        assert_eq!(response.status(), StatusCode::CREATED, "{}", response.text().await.expect("a body"));
    }
    let total = caller.get("/api/v1/agents?limit=1").await.expect(StatusCode::OK)["total"].clone();
    assert_eq!(total, json!(keys.len()), "each key has one agent");
}

#[tokio::test]
async fn a_full_disk_returns_503_until_space_is_available() {
    let folder = tempfile::tempdir().expect("a folder");
    // Files can't grow beyond this: to the program the disk is full. Its signal is ignored.
    let process = Process::start(folder.path(), "trap '' XFSZ; ulimit -S -f 2000;", "info");
    let (_, _, caller) = enterprise(&process, folder.path()).await;
    caller.get("/health/ready").await.expect(StatusCode::OK);
    let mut made = Vec::new();
    let refused = loop {
        let response = register(&caller, format!("Agent {}", made.len())).await.expect("a response");
        match response.status {
            StatusCode::CREATED => made.push(response.body["agentId"].as_str().expect("text").to_owned()),
            _ => break response,
        }
        assert!(made.len() < 5000, "the limit has no effect");
    };
    assert!(!refused.header("retry-after").is_empty());
    refused.refused(503, "UNAVAILABLE");
    caller.get(&format!("/api/v1/agents/{}", made[0])).await.expect(StatusCode::OK);
    // Rolled back writes freed some space. Removes it.
    let id = process.child.id().to_string();
    let limit = |max: &str| {
        let limit = format!("--fsize={max}:");
        assert!(Command::new("prlimit").args(["--pid", &id, &limit]).status().expect("prlimit").success());
    };
    limit("1");
    register(&caller, "None".to_owned()).await.expect("a response").refused(503, "UNAVAILABLE");
    let wait = async {
        // The last test write may have been a second ago.
        while caller.get("/health/ready").await.status != StatusCode::SERVICE_UNAVAILABLE {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), wait).await.expect("not ready within 20 s");
    assert_eq!(caller.get("/health/detailed").await.status, StatusCode::MULTI_STATUS);
    limit("unlimited");
    let after = register(&caller, "After".to_owned()).await.expect("a response");
    assert_eq!(after.status, StatusCode::CREATED);
    let wait = async {
        // The last test write may have been a second ago.
        while caller.get("/health/detailed").await.status != StatusCode::OK {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), wait).await.expect("healthy within 20 s");
    caller.get("/health/ready").await.expect(StatusCode::OK);
    let verified = caller.get("/api/v1/audit/verify").await.expect(StatusCode::OK);
    assert_eq!(verified["verified"], json!(true), "{verified}");
    let after = after.body["agentId"].as_str().expect("text").to_owned();
    for agent in made.iter().chain([&after]) {
        caller.get(&format!("/api/v1/agents/{agent}")).await.expect(StatusCode::OK);
    }
    let total = caller.get("/api/v1/agents?limit=1").await.expect(StatusCode::OK)["total"].clone();
    assert_eq!(total, json!(made.len() + 1));
}
