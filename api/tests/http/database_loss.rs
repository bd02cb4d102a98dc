//! A database that is missing, moved, or used by others.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::process::{Process, enterprise};

/// Runs a command of the program in a data folder until it ends.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_api")).args(arguments).current_dir(folder).output().expect("a process")
}

const SERVE: [&str; 7] = ["serve", "--addr", "127.0.0.1:0", "--data-dir", "data", "--key-dir", "keys"];

#[test]
fn a_second_server_on_the_same_database_does_not_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = Process::start(folder.path(), "", "info");
    let refused = run(folder.path(), &SERVE);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && message.contains("already uses the database"), "{message}");
    first.kill();
    drop(Process::start(folder.path(), "", "info"));
}

#[tokio::test]
async fn a_server_whose_database_was_moved_is_not_ready_and_refuses_writes_until_it_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let process = Process::start(folder.path(), "", "info");
    let caller = process.caller();
    caller.get("/health/ready").await.expect(StatusCode::OK);
    let (file, moved) = (folder.path().join("data/sentryagent.db"), folder.path().join("moved"));
    std::fs::rename(&file, &moved).expect("moved");
    caller.get("/health/ready").await.expect(StatusCode::SERVICE_UNAVAILABLE);
    caller.post("/api/v1/signup", &json!({})).await.refused(503, "UNAVAILABLE");
    assert!(!file.exists(), "no empty database takes its place");
    // Nor is another file written, or the log of the moved one applied to it.
    std::fs::write(&file, "another").expect("a file");
    caller.post("/api/v1/signup", &json!({})).await.refused(503, "UNAVAILABLE");
    assert_eq!(std::fs::read(&file).expect("the file"), b"another");
    std::fs::remove_file(&file).expect("removed");
    std::fs::rename(&moved, &file).expect("moved back");
    let wait = async {
        while caller.get("/health/ready").await.status != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("ready within 20 s");
    caller.post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
}

#[test]
fn a_server_with_keys_and_no_database_starts_only_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    Process::start(folder.path(), "", "info").kill();
    std::fs::remove_dir_all(folder.path().join("data")).expect("removed");
    let refused = run(folder.path(), &SERVE);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && message.contains("--new-database"), "{message}");
    assert!(!folder.path().join("data/sentryagent.db").exists());
    drop(Process::start(folder.path(), "set -- --new-database;", "info"));
}

#[tokio::test]
async fn commands_of_the_operator_and_requests_succeed_beside_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let process =
        Process::start(folder.path(), "LIMIT_SIGNUP_PER_HOUR=1000000 LIMIT_ADDRESS_PER_MINUTE=1000000", "info");
    let (_, _, caller) = enterprise(&process, folder.path()).await;
    let other = caller.post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
    let id = other["organization"]["organizationId"].as_str().expect("an ID").to_owned();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (caller, stopped) = (caller.clone(), stopped.clone());
            tokio::spawn(async move {
                let mut count = 0;
                while !*stopped.borrow() {
                    let agent = json!({ "name": "A", "agentType": "custom", "capabilities": ["tasks:run"] });
                    caller.post("/api/v1/agents", &agent).await.expect(StatusCode::CREATED);
                    count += 1;
                }
                count
            })
        })
        .collect();
    let path = folder.path().to_owned();
    let commands = tokio::task::spawn_blocking(move || {
        for tier in ["pro", "enterprise"].into_iter().cycle().take(10) {
            let done = run(&path, &["organizations", "set-tier", &id, tier, "--data-dir", "data"]);
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
    });
    commands.await.expect("all commands succeed");
    stop.send(true).expect("sent");
    let mut count = 0;
    for writer in writers {
        count += writer.await.expect("all requests succeed");
    }
    assert!(count > 20, "{count} writes beside the commands");
}
