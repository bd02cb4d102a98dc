//! The API's own binary, for one test. Nothing depends on `api`, this crate's tests neither: they start it.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use client::types::{SignedUp, Signup};
use client::{Client, Secret};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// An API that ends with the test.
pub(crate) struct Api {
    pub url: String,
    folder: tempfile::TempDir,
    _process: Child,
}

impl Api {
    pub(crate) async fn start(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut process = Command::new(binary())
            .args(["serve", "--addr=127.0.0.1:0", "--token-algorithm=EdDSA", "--trusted-proxies=127.0.0.1"])
            .arg(format!("--data-dir={}", folder.path().join("data").display()))
            .arg(format!("--key-dir={}", folder.path().join("keys").display()))
            .args(flags)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the API's binary");
        let mut log = BufReader::new(process.stdout.take().expect("a log")).lines();
        let port = async {
            while let Some(line) = log.next_line().await.expect("a line") {
                if let Some((_, rest)) = line.split_once("the API is at http://localhost:") {
                    return rest.chars().take_while(char::is_ascii_digit).collect::<String>();
                }
            }
            panic!("the API ended before it listened")
        };
        let port = tokio::time::timeout(Duration::from_mins(1), port).await.expect("the API within a minute");
        // What it logs further is read, so that it never waits for somebody who does.
        tokio::spawn(async move { while let Ok(Some(_)) = log.next_line().await {} });
        Self { url: format!("http://127.0.0.1:{port}"), folder, _process: process }
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder(&self.url).build().expect("a client")
    }

    /// A provisional organization, and a client that is its admin.
    pub(crate) async fn provisional(&self) -> (SignedUp, Client) {
        let made = self.client().signup().create(&Signup::default()).await.expect("an organization");
        let admin = self.client().with_credentials(&made.credential.client_id, made.credential.client_secret.clone());
        (made, admin)
    }

    /// The code behind a part of a link in a mail to an address. It waits until the mail is there.
    pub(crate) async fn code(&self, email: &str, before: &str) -> Secret {
        let folder = self.folder.path().join("data/mail");
        let found = async {
            loop {
                if let Some(code) = code_in(&folder, email, before) {
                    return code.into();
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), found).await.expect("a mail within 20 s")
    }
}

fn code_in(folder: &Path, email: &str, before: &str) -> Option<String> {
    let mails = std::fs::read_dir(folder).ok()?.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
    let mut mails = mails.map(|mail| mail.replace("=\r\n", "").replace("=3D", "="));
    let mail = mails.find(|mail| mail.contains(&format!("To: {email}\r\n")) && mail.contains(before))?;
    let rest = mail.split(before).nth(1)?;
    Some(rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "_-".contains(*letter)).collect())
}

/// `API_BIN`, or what cargo builds beside this test. Cargo is asked even where a binary lies there: it may be of yesterday.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(named) = variable("API_BIN") {
            return named.into();
        }
        let test = std::env::current_exe().expect("this test");
        let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>").to_owned();
        let cargo = variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
        let mut build = std::process::Command::new(cargo);
        build.args(["build", "--quiet", "--package", "api", "--bin", "api"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        build.env("CARGO_TARGET_DIR", profile.parent().expect("target"));
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo").success(), "the API can't be built");
        profile.join("api")
    })
}

#[expect(clippy::disallowed_methods, reason = "what cargo and CI tell a test")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
