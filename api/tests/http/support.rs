//! A server for one test, its organizations, and their HTTP client.

mod caller;
mod held_writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use api::cli::{Cli, Command};
use api::clock::Clock;
use api::config::Config;
use api::serve::Server;
use clap::Parser as _;
use reqwest::StatusCode;
use serde_json::{Value, json};

pub(crate) use caller::{Caller, Response};
pub(crate) use held_writer::HeldWriter;

/// A server that stops with the test.
pub(crate) struct TestApp {
    pub url: String,
    pub clock: Clock,
    pub app: Arc<api::state::App>,
    folder: tempfile::TempDir,
    serving: tokio::task::JoinHandle<()>,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// Starts a server with flags of `api serve`.
    pub(crate) async fn with(flags: &[&str]) -> Self {
        Self::in_folder(tempfile::tempdir().expect("a folder"), flags).await
    }

    /// Starts a server on an existing data folder.
    pub(crate) async fn in_folder(folder: tempfile::TempDir, flags: &[&str]) -> Self {
        let clock = Clock::default();
        let server = Server::start(config(folder.path(), flags), clock.clone()).await.expect("a server");
        let (app, url) = (server.app.clone(), server.app.origins.issuer.clone());
        let serving = tokio::spawn(server.until_stopped(std::future::pending()));
        Self { url, clock, app, folder, serving }
    }

    pub(crate) fn anonymous(&self) -> Caller {
        Caller { url: self.url.clone(), http: reqwest::Client::new(), token: None, address: None }
    }

    /// A caller with an IP address of its own.
    pub(crate) fn from(&self, address: &str) -> Caller {
        Caller { address: Some(address.to_owned()), ..self.anonymous() }
    }

    /// Stops the server, and returns its folder.
    pub(crate) async fn stop(self) -> tempfile::TempDir {
        self.serving.abort();
        let _ = self.serving.await;
        let gone = Arc::downgrade(&self.app);
        drop(self.app);
        while gone.strong_count() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.folder
    }

    /// Creates a provisional organization.
    pub(crate) async fn provisional(&self) -> Tenant {
        let made = self.anonymous().post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
        self.tenant(made).await
    }

    /// A verified organization with a name.
    pub(crate) async fn verified(&self, name: &str) -> Tenant {
        let domain = name.to_lowercase().replace(' ', "-");
        let email = format!("{}@{domain}.example", uuid::Uuid::now_v7().simple());
        let wanted = json!({ "organizationName": name, "email": email });
        let made = self.anonymous().post("/api/v1/signup", &wanted).await.expect(StatusCode::CREATED);
        let code = self.code(&email, "/verify/").await;
        self.anonymous()
            .post("/api/v1/signup/verify", &json!({ "token": code, "credentials": "keep" }))
            .await
            .expect(StatusCode::OK);
        self.tenant(made).await
    }

    /// Signs up, with or without an email address.
    pub(crate) async fn send_signup(&self, email: Option<&str>) -> Value {
        let wanted = email.map_or_else(|| json!({}), |email| json!({ "email": email }));
        self.anonymous().post("/api/v1/signup", &wanted).await.expect(StatusCode::CREATED)
    }

    /// Waits until a condition holds.
    pub(crate) async fn until(&self, holds: impl Fn() -> bool) {
        let wait = async {
            while !holds() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("the condition within 20 s");
    }

    /// Holds the database's writer: later writes queue until it is released.
    pub(crate) async fn hold_writer(&self) -> HeldWriter<'_> {
        HeldWriter::hold(self).await
    }

    pub(crate) async fn tenant(&self, made: Value) -> Tenant {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let id = text(&made["credential"]["clientId"]);
        let secret = text(&made["credential"]["clientSecret"]);
        let mut caller = self.anonymous();
        caller.token = Some(caller.token_of(&id, &secret, None).await);
        Tenant { id, secret, made, caller }
    }

    /// A tenant with a new token, for tests that advance the clock past the expiry of the old one.
    pub(crate) async fn again(&self, mut tenant: Tenant) -> Tenant {
        tenant.caller.token = Some(tenant.caller.token_of(&tenant.id, &tenant.secret, None).await);
        tenant
    }

    /// Code in the last mail to an email address, behind a part of its link. Waits for the mail.
    pub(crate) async fn code(&self, email: &str, before: &str) -> String {
        let mail = self.mail(email, before).await;
        let rest = mail.split(before).nth(1).expect("a link");
        rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "_-".contains(*letter)).collect()
    }

    /// Last mail to an email address that contains a text. Waits for the mail.
    pub(crate) async fn mail(&self, email: &str, holds: &str) -> String {
        let found = async {
            loop {
                let mut mails = self.mails(email);
                mails.retain(|mail| mail.contains(holds));
                if let Some(mail) = mails.pop() {
                    return mail;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), found).await.expect("a mail within 20 s")
    }

    /// All mails to an email address, oldest first.
    pub(crate) fn mails(&self, email: &str) -> Vec<String> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.data_dir().join("mail"))
            .expect("a folder of mails")
            .map(|entry| entry.expect("a mail").path())
            .collect();
        files.sort_by_key(|file| file.metadata().and_then(|about| about.modified()).ok());
        let text =
            |file: PathBuf| std::fs::read_to_string(file).unwrap_or_default().replace("=\r\n", "").replace("=3D", "=");
        files.into_iter().map(text).filter(|mail| mail.contains(&format!("To: {email}\r\n"))).collect()
    }

    /// Runs an `api` command on this installation, in its own thread since it starts a runtime.
    pub(crate) async fn operator(&self, arguments: &[&str]) {
        assert!(self.try_operator(arguments).await, "{arguments:?}");
    }

    /// Runs an `api` command. Returns whether it succeeded.
    pub(crate) async fn try_operator(&self, arguments: &[&str]) -> bool {
        let data = self.data_dir().display().to_string();
        let keys = self.folder.path().join("keys").display().to_string();
        let mut all = [&["api"], arguments, &["--data-dir", &data]].concat();
        if !matches!(arguments, [_, "list" | "release-name", ..]) {
            all.extend(["--key-dir", &keys]);
        }
        let all: Vec<std::ffi::OsString> = all.into_iter().map(Into::into).collect();
        let done = tokio::task::spawn_blocking(move || api::cli::run(all)).await.expect("the command");
        done == std::process::ExitCode::SUCCESS
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// Configuration of a server in a folder.
pub(crate) fn config(folder: &Path, flags: &[&str]) -> Config {
    let folders = [
        format!("--data-dir={}", folder.join("data").display()),
        format!("--key-dir={}", folder.join("keys").display()),
    ];
    let usual = [
        "api",
        "serve",
        "--addr=127.0.0.1:0",
        "--token-algorithm=EdDSA",
        "--trusted-proxies=127.0.0.1",
        "--log-level=off",
    ];
    let arguments = usual.into_iter().chain(folders.iter().map(String::as_str)).chain(flags.iter().copied());
    match Cli::try_parse_from(arguments).expect("flags").command {
        Command::Serve(config) => *config,
        other => panic!("{other:?}"),
    }
}

/// An organization with a token of its admin credential.
pub(crate) struct Tenant {
    pub id: String,
    pub secret: String,
    /// Body of the sign-up response.
    pub made: Value,
    pub caller: Caller,
}

impl std::ops::Deref for Tenant {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Tenant {
    /// Registers an agent with a name. Returns its ID.
    pub(crate) async fn agent(&self, name: &str) -> String {
        self.register(json!({ "name": name })).await["agentId"].as_str().expect("an identifier").to_owned()
    }

    /// Registers an agent with these fields and the required ones.
    pub(crate) async fn register(&self, fields: Value) -> Value {
        let mut agent = json!({ "name": "Agent", "agentType": "custom", "capabilities": ["tasks:run"] });
        agent.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        self.post("/api/v1/agents", &agent).await.expect(StatusCode::CREATED)
    }

    /// Creates a credential of an agent. Returns its ID and secret.
    pub(crate) async fn credential(&self, agent: &str, request: Value) -> (String, String) {
        let path = format!("/api/v1/agents/{agent}/credentials");
        let made = self.post(&path, &request).await.expect(StatusCode::CREATED);
        let text = |field: &str| made[field].as_str().expect("text").to_owned();
        (text("credentialId"), text("clientSecret"))
    }

    /// A caller with a token of an agent.
    pub(crate) async fn as_agent(&self, agent: &str) -> Caller {
        let (_, secret) = self.credential(agent, json!({})).await;
        let mut caller = Caller { token: None, ..self.caller.clone() };
        caller.token = Some(caller.token_of(agent, &secret, None).await);
        caller
    }
}
