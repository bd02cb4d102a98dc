//! Portal for a test, with its own content and port. Removed after the test.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser as _;
use reqwest::{Client, Method, RequestBuilder, Response};
use server::cli::{Cli, Command};
use server::config::Config;
use server::serve::Server;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Timeout that only a hang exceeds.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// A running portal.
pub(crate) struct Portal {
    pub(crate) origin: String,
    pub(crate) base: String,
    pub(crate) metrics: String,
    pub(crate) client: Client,
    content: TempDir,
    _site_root: TempDir,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

/// Content and flags of a portal.
pub(crate) struct Setup {
    content: TempDir,
    arguments: Vec<String>,
}

impl Setup {
    pub(crate) fn new() -> Self {
        let setup = Self { content: TempDir::new().expect("a folder"), arguments: Vec::new() };
        setup
            .file("docs/index.md", &page("Documentation", "Begin here.\n"))
            .file("docs/guide.md", &page("Guide", "## Part\n\nSome *text*.\n\n```rust\nfn main() {}\n```\n"))
            .file("quickstarts/run.md", &page("Run it", "Do.\n"))
    }

    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        write(self.content.path(), path, text);
        self
    }

    /// Adds a flag of `portal serve`.
    pub(crate) fn flag(mut self, name: &str, value: &str) -> Self {
        self.arguments.push(format!("--{name}={value}"));
        self
    }

    pub(crate) async fn start(self) -> Portal {
        let site_root = site_root();
        let mut arguments = vec![
            "portal".to_owned(),
            "serve".to_owned(),
            "--addr=127.0.0.1:0".to_owned(),
            "--metrics-addr=127.0.0.1:0".to_owned(),
            format!("--content-dir={}", self.content.path().display()),
            format!("--site-root={}", site_root.path().display()),
        ];
        // The system chooses the port; the site URL must not depend on it.
        if !self.arguments.iter().any(|argument| argument.starts_with("--site-url=")) {
            arguments.push("--site-url=http://localhost:3000".to_owned());
        }
        arguments.extend(self.arguments);
        let config = config(&arguments);
        let base = config.public.base_path.clone();
        let server = Server::start(config).await.expect("the server starts");
        let origin = format!("http://{}", server.local_addr().expect("an address"));
        let metrics = format!("http://{}/metrics", server.metrics_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.until_stopped(async {
            let _ = stopped.await;
        }));
        // The workspace's reqwest has no crypto provider of its own and requires one, even without TLS.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder().no_proxy().no_gzip().no_brotli().redirect(reqwest::redirect::Policy::none());
        let client = client.build().expect("a client");
        Portal {
            origin,
            base,
            metrics,
            client,
            content: self.content,
            _site_root: site_root,
            stop: Some(stop),
            running,
        }
    }
}

impl Portal {
    pub(crate) async fn start() -> Self {
        Setup::new().start().await
    }

    /// Builds a request for a site path, prefixed with the base path.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{}{path}", self.origin, self.base))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.expect("a response")
    }

    pub(crate) async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.expect("text")
    }

    /// Returns the value of a metric.
    pub(crate) async fn metric(&self, name: &str) -> i64 {
        let text = self.client.get(&self.metrics).send().await.expect("metrics").text().await.expect("text");
        let line = text.lines().find(|line| line.split(' ').next() == Some(name)).expect("the metric");
        line.split(' ').nth(1).and_then(|value| value.parse().ok()).expect("a number")
    }

    /// Waits until all cached responses are recompressed.
    pub(crate) async fn recompressed(&self) {
        until("responses are recompressed", || async {
            self.metric("portal_unpolished_answers").await == 0 && self.metric("portal_renders_total").await > 0
        })
        .await;
    }

    pub(crate) fn content(&self) -> &Path {
        self.content.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write(self.content.path(), path, text);
    }

    /// Starts the shutdown. The returned handle completes when the server has stopped.
    pub(crate) fn stop(&mut self) -> &mut JoinHandle<()> {
        drop(self.stop.take());
        &mut self.running
    }
}

pub(crate) fn config(arguments: &[String]) -> Config {
    match Cli::try_parse_from(arguments).expect("arguments").command {
        Command::Serve(config) => *config,
        other => panic!("{other:?}"),
    }
}

/// Builds a page with front matter.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndescription: About {title}.\n---\n{body}")
}

pub(crate) fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    std::fs::write(file, text).expect("a file");
}

/// Creates a site root with a placeholder for each asset of a build.
fn site_root() -> TempDir {
    let root = TempDir::new().expect("a folder");
    for name in site::assets::names::ALL {
        write(root.path(), name, &format!("/* {name} */ {}", "a { color: red } ".repeat(40)));
    }
    root
}

/// Waits for a condition. Panics after [`LONG`].
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, mut condition: impl FnMut() -> F) {
    let start = Instant::now();
    while !condition().await {
        assert!(start.elapsed() < LONG, "timed out: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
