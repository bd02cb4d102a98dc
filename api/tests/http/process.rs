//! The program as a process, as started by an operator.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::Caller;

const API: &str = env!("CARGO_BIN_EXE_api");

/// Process with a data folder.
pub(crate) struct Process {
    pub child: Child,
    pub url: String,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Process {
    /// Starts the program from a shell with preceding commands.
    pub(crate) fn start(folder: &Path, before: &str, log_level: &str) -> Self {
        let serve = format!(
            "{before} exec \"$0\" serve --addr 127.0.0.1:0 --data-dir data --key-dir keys --log-format pretty \"$@\""
        );
        let mut child = Command::new("sh")
            .args(["-c", &serve, API])
            .current_dir(folder)
            .env("LOG_LEVEL", log_level)
            .env("TOKEN_ALGORITHM", "EdDSA")
            .env("LIMIT_TENANT_PER_MINUTE", "1000000")
            .env("LIMIT_CREDENTIAL_PER_MINUTE", "1000000")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
        let mut output = Vec::new();
        let url = loop {
            let line = lines.next().expect("a line that names the address").expect("text");
            output.push(line.clone());
            if let Some((_, rest)) = line.split_once("API ready at ") {
                break rest.split(' ').next().expect("an address").to_owned();
            }
        };
        // Drains the log, so that the process never blocks.
        let output = Arc::new(Mutex::new(output));
        let all = Arc::clone(&output);
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| all.lock().expect("lines").push(line)));
        Self { child, url, lines: output }
    }

    /// Returns the log once it contains a text.
    pub(crate) async fn log_until(&self, text: &str) -> String {
        let wait = async {
            loop {
                let log = self.lines.lock().expect("lines").join("\n");
                if log.contains(text) {
                    return log;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), wait).await.expect("a line within 20 s")
    }

    pub(crate) fn caller(&self) -> Caller {
        api::state::install_cryptography();
        Caller { url: self.url.clone(), http: reqwest::Client::new(), token: None, address: None }
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("an exit status");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Creates an organization without limits: ID, secret, caller.
pub(crate) async fn enterprise(process: &Process, folder: &Path) -> (String, String, Caller) {
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
    process
        .caller()
        .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
        .await
        .expect(StatusCode::OK);
    let set = Command::new(API)
        .args(["organizations", "set-tier", &id, "enterprise", "--data-dir"])
        .arg(folder.join("data"))
        .arg("--key-dir")
        .arg(folder.join("keys"))
        .status();
    assert!(set.expect("a process").success());
    let caller = process.caller();
    let token = caller.token_of(&id, &secret, None).await;
    (id, secret, caller.with_token(&token))
}
