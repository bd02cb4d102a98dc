//! A server for one test, and those who call it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use api::cli::{Cli, Command};
use api::clock::Clock;
use api::config::Config;
use api::serve::Server;
use clap::Parser as _;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A server that ends with the test.
pub(crate) struct TestApp {
    pub url: String,
    pub clock: Clock,
    pub app: std::sync::Arc<api::state::App>,
    folder: tempfile::TempDir,
    _serving: tokio::task::JoinHandle<()>,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With flags of `api serve`.
    pub(crate) async fn with(flags: &[&str]) -> Self {
        Self::in_folder(tempfile::tempdir().expect("a folder"), flags).await
    }

    /// On what is in a folder already.
    pub(crate) async fn in_folder(folder: tempfile::TempDir, flags: &[&str]) -> Self {
        let clock = Clock::default();
        let server = Server::start(config(folder.path(), flags), clock.clone()).await.expect("a server");
        let (app, url) = (server.app.clone(), server.app.origins.issuer.clone());
        let serving = tokio::spawn(server.until_stopped(std::future::pending()));
        Self { url, clock, app, folder, _serving: serving }
    }

    pub(crate) fn anonymous(&self) -> Caller {
        Caller { url: self.url.clone(), http: reqwest::Client::new(), token: None, address: None }
    }

    /// A caller that comes from an address.
    pub(crate) fn from(&self, address: &str) -> Caller {
        Caller { address: Some(address.to_owned()), ..self.anonymous() }
    }

    /// A provisional organization.
    pub(crate) async fn provisional(&self) -> Tenant {
        let made = self.anonymous().post("/api/v1/signup", &json!({})).await.expect(StatusCode::CREATED);
        self.tenant(made).await
    }

    /// A verified organization of that name.
    pub(crate) async fn verified(&self, name: &str) -> Tenant {
        let domain = name.to_lowercase().replace(' ', "-");
        let email = format!("{}@{domain}.example", uuid::Uuid::now_v7().simple());
        let wanted = json!({ "organizationName": name, "email": email });
        let made = self.anonymous().post("/api/v1/signup", &wanted).await.expect(StatusCode::CREATED);
        let code = self.code(&email, "/verify/").await;
        self.anonymous().post("/api/v1/signup/verify", &json!({ "token": code })).await.expect(StatusCode::OK);
        self.tenant(made).await
    }

    /// Signs up, with or without an address.
    pub(crate) async fn send_signup(&self, email: Option<&str>) -> Value {
        let wanted = email.map_or_else(|| json!({}), |email| json!({ "email": email }));
        self.anonymous().post("/api/v1/signup", &wanted).await.expect(StatusCode::CREATED)
    }

    /// Waits until something holds.
    pub(crate) async fn until(&self, holds: impl Fn() -> bool) {
        let wait = async {
            while !holds() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("it holds within 20 s");
    }

    async fn tenant(&self, made: Value) -> Tenant {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let id = text(&made["credential"]["clientId"]);
        let secret = text(&made["credential"]["clientSecret"]);
        let mut caller = self.anonymous();
        caller.token = Some(caller.token_of(&id, &secret, None).await);
        Tenant { id, secret, made, caller }
    }

    /// A tenant with a new token: the clock may have passed the old one's end.
    pub(crate) async fn again(&self, mut tenant: Tenant) -> Tenant {
        tenant.caller.token = Some(tenant.caller.token_of(&tenant.id, &tenant.secret, None).await);
        tenant
    }

    /// The code behind a part of the last mail to an address. It waits until the mail is there.
    pub(crate) async fn code(&self, email: &str, before: &str) -> String {
        let mail = self.mail(email, before).await;
        let rest = mail.split(before).nth(1).expect("a link");
        rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "_-".contains(*letter)).collect()
    }

    /// The last mail to an address that holds a text. It waits until it is there.
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

    /// All mails to an address, in the order in which they were sent.
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

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// The configuration of a server in a folder.
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

/// An organization, with a token of its admin credential.
pub(crate) struct Tenant {
    pub id: String,
    pub secret: String,
    /// What sign-up answered.
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
    /// Registers an agent of a name, and gives its identifier.
    pub(crate) async fn agent(&self, name: &str) -> String {
        self.register(json!({ "name": name })).await["agentId"].as_str().expect("an identifier").to_owned()
    }

    /// Registers an agent with these fields, and what has to be there besides.
    pub(crate) async fn register(&self, fields: Value) -> Value {
        let mut agent = json!({ "name": "Agent", "agentType": "custom", "capabilities": ["tasks:run"] });
        agent.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        self.post("/api/v1/agents", &agent).await.expect(StatusCode::CREATED)
    }

    /// A credential of an agent: its identifier and secret.
    pub(crate) async fn credential(&self, agent: &str, request: Value) -> (String, String) {
        let path = format!("/api/v1/agents/{agent}/credentials");
        let made = self.post(&path, &request).await.expect(StatusCode::CREATED);
        let text = |field: &str| made[field].as_str().expect("text").to_owned();
        (text("credentialId"), text("clientSecret"))
    }

    /// A caller that is an agent.
    pub(crate) async fn as_agent(&self, agent: &str) -> Caller {
        let (_, secret) = self.credential(agent, json!({})).await;
        let mut caller = Caller { token: None, ..self.caller.clone() };
        caller.token = Some(caller.token_of(agent, &secret, None).await);
        caller
    }
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Caller {
    pub url: String,
    pub http: reqwest::Client,
    pub token: Option<String>,
    pub address: Option<String>,
}

impl Caller {
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).body(body.to_string()).header("content-type", "application/json"))
            .await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PATCH, path).body(body.to_string()).header("content-type", "application/json"))
            .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let form =
            self.request(Method::POST, path).body(body).header("content-type", "application/x-www-form-urlencoded");
        self.send(form).await
    }

    /// A token by client credentials.
    pub(crate) async fn token_of(&self, id: &str, secret: &str, scope: Option<&str>) -> String {
        let mut fields = vec![("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        fields.extend(scope.map(|scope| ("scope", scope)));
        let answer = Self { token: None, ..self.clone() }.form("/api/v1/token", &fields).await.expect(StatusCode::OK);
        answer["access_token"].as_str().expect("a token").to_owned()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        request
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status, headers, body }
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The body, of an answer that has to have this status.
    pub(crate) fn expect(self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// A refusal has a code, says what to do, and names the request as the header does.
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{:#}", self.body);
        assert_eq!(self.body["requestId"].as_str(), Some(self.header("x-request-id")), "{:#}", self.body);
        assert!(self.body["message"].as_str().is_some_and(|message| message.len() > 10), "{:#}", self.body);
        self.body
    }

    /// Names of the fields that a refusal is about.
    pub(crate) fn wrong_fields(self) -> Vec<String> {
        let body = self.refused(400, "VALIDATION_ERROR");
        let fields = body["details"]["fields"].as_array().expect("fields").iter();
        fields.map(|field| field["field"].as_str().expect("a name").to_owned()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}
