//! What a process leaves behind that is killed while it writes, and how it bears a disk that is full.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Answer, Caller};

const API: &str = env!("CARGO_BIN_EXE_api");

/// The program itself, on a folder.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    /// Starts it, by a shell that may have set something before.
    fn start(folder: &Path, before: &str) -> Self {
        let serve =
            format!("{before} exec \"$0\" serve --addr 127.0.0.1:0 --data-dir data --key-dir keys --log-format pretty");
        let mut child = Command::new("sh")
            .args(["-c", &serve, API])
            .current_dir(folder)
            .env("LOG_LEVEL", "info")
            .env("TOKEN_ALGORITHM", "EdDSA")
            .env("LIMIT_TENANT_PER_MINUTE", "1000000")
            .env("LIMIT_CREDENTIAL_PER_MINUTE", "1000000")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let url = loop {
            let line = lines.next().expect("a line that names the address").expect("text");
            if let Some((_, rest)) = line.split_once("the API is at ") {
                break rest.split(' ').next().expect("an address").to_owned();
            }
        };
        // What it says from now on is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }

    fn caller(&self) -> Caller {
        api::state::choose_cryptography();
        Caller { url: self.url.clone(), http: reqwest::Client::new(), token: None, address: None }
    }

    fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("its end");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An organization without limits: its identifier, its secret, a caller.
async fn enterprise(process: &Process, folder: &Path) -> (String, String, Caller) {
    let made = process
        .caller()
        .post("/api/v1/signup", &json!({ "email": "ops@crash.example" }))
        .await
        .expect(StatusCode::CREATED);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let (id, secret) = (text(&made["credential"]["clientId"]), text(&made["credential"]["clientSecret"]));
    let code = loop {
        let mails = std::fs::read_dir(folder.join("data/mail")).expect("mails");
        let mail = mails
            .filter_map(|mail| std::fs::read_to_string(mail.expect("a mail").path()).ok())
            .find(|mail| mail.contains("/verify/"));
        if let Some(mail) = mail {
            let rest = mail.replace("=\r\n", "");
            let rest = rest.split("/verify/").nth(1).expect("a code").to_owned();
            break rest
                .chars()
                .take_while(|letter| letter.is_ascii_alphanumeric() || "_-".contains(*letter))
                .collect::<String>();
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    };
    process.caller().post("/api/v1/signup/verify", &json!({ "token": code })).await.expect(StatusCode::OK);
    let set = Command::new(API)
        .args(["organizations", "set-tier", &id, "enterprise", "--data-dir"])
        .arg(folder.join("data"))
        .status();
    assert!(set.expect("a process").success());
    let caller = process.caller();
    let token = caller.token_of(&id, &secret, None).await;
    (id, secret, caller.with_token(&token))
}

async fn register(caller: &Caller, name: String) -> Option<Answer> {
    let body = json!({ "name": name, "agentType": "custom", "capabilities": ["a:b"], "description": "d".repeat(400) });
    let request = caller
        .request(reqwest::Method::POST, "/api/v1/agents")
        .header("content-type", "application/json")
        .body(body.to_string());
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status(), response.headers().clone());
    Some(Answer { status, headers, body: serde_json::from_str(&response.text().await.ok()?).ok()? })
}

#[tokio::test]
async fn nothing_that_was_acknowledged_is_lost_and_no_chain_is_torn() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged: Vec<String> = Vec::new();
    let mut client = None;
    for round in 0..3 {
        let mut process = Process::start(folder.path(), "");
        let caller = match &client {
            None => {
                let (id, secret, caller) = enterprise(&process, folder.path()).await;
                client = Some((id, secret));
                caller
            }
            Some((id, secret)) => process.caller().with_token(&process.caller().token_of(id, secret, None).await),
        };
        let (done, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let writers: Vec<_> = (0..16)
            .map(|writer| {
                let (caller, done) = (caller.clone(), done.clone());
                tokio::spawn(async move {
                    for index in 0.. {
                        let Some(answer) = register(&caller, format!("{round} {writer} {index}")).await else { break };
                        if answer.status != StatusCode::CREATED {
                            break;
                        }
                        let _ = done.send(answer.body["agentId"].as_str().expect("text").to_owned());
                    }
                })
            })
            .collect();
        drop(done);
        while acknowledged.len() < 150 * (round + 1) {
            acknowledged.push(heard.recv().await.expect("another one"));
        }
        process.kill();
        for writer in writers {
            writer.await.expect("a writer");
        }
        while let Ok(id) = heard.try_recv() {
            acknowledged.push(id);
        }
    }
    let (id, secret) = client.expect("a client");
    let process = Process::start(folder.path(), "");
    let caller = process.caller().with_token(&process.caller().token_of(&id, &secret, None).await);
    for agent in &acknowledged {
        caller.get(&format!("/api/v1/agents/{agent}")).await.expect(StatusCode::OK);
    }
    let verified = caller.get("/api/v1/audit/verify").await.expect(StatusCode::OK);
    assert_eq!(verified["verified"], json!(true), "{verified}");
    // Each agent has its event, and each event its agent.
    let agents = caller.get("/api/v1/agents?limit=1").await.expect(StatusCode::OK)["total"].clone();
    let events =
        caller.get("/api/v1/audit?limit=1&action=agent.registered").await.expect(StatusCode::OK)["total"].clone();
    assert_eq!(agents, events);
    assert!(agents.as_u64().expect("a number") >= acknowledged.len() as u64);
}

#[tokio::test]
async fn a_full_disk_is_a_503_and_when_there_is_room_again_it_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    // No file grows beyond this: to the program it is a disk without room. The signal that comes with it is ignored.
    let process = Process::start(folder.path(), "trap '' XFSZ; ulimit -S -f 2000;");
    let (_, _, caller) = enterprise(&process, folder.path()).await;
    let mut made = Vec::new();
    let refused = loop {
        let answer = register(&caller, format!("Agent {}", made.len())).await.expect("an answer");
        match answer.status {
            StatusCode::CREATED => made.push(answer.body["agentId"].as_str().expect("text").to_owned()),
            _ => break answer,
        }
        assert!(made.len() < 5000, "the limit does not hold");
    };
    assert!(!refused.header("retry-after").is_empty());
    refused.refused(503, "UNAVAILABLE");
    caller.get(&format!("/api/v1/agents/{}", made[0])).await.expect(StatusCode::OK);
    assert_eq!(caller.get("/health/detailed").await.status, StatusCode::MULTI_STATUS);
    let id = process.child.id().to_string();
    assert!(Command::new("prlimit").args(["--pid", &id, "--fsize=unlimited"]).status().expect("prlimit").success());
    let after = register(&caller, "After".to_owned()).await.expect("an answer");
    assert_eq!(after.status, StatusCode::CREATED);
    assert_eq!(caller.get("/health/detailed").await.status, StatusCode::OK);
    let verified = caller.get("/api/v1/audit/verify").await.expect(StatusCode::OK);
    assert_eq!(verified["verified"], json!(true), "{verified}");
    let after = after.body["agentId"].as_str().expect("text").to_owned();
    for agent in made.iter().chain([&after]) {
        caller.get(&format!("/api/v1/agents/{agent}")).await.expect(StatusCode::OK);
    }
    let total = caller.get("/api/v1/agents?limit=1").await.expect(StatusCode::OK)["total"].clone();
    assert_eq!(total, json!(made.len() + 1));
}
