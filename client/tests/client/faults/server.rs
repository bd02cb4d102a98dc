//! A server that does what it is told, whatever that is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client::{Client, ClientBuilder};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What is done with a request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Status, headers, body.
    Answer(u16, &'static [(&'static str, &'static str)], String),
    /// The connection is cut without a word.
    Cut,
    /// The connection is cut within the body.
    CutInside(String),
    /// Nothing is ever answered.
    Hang,
    /// Something that is no HTTP.
    Garbage,
    /// A whole answer, as it is.
    Raw(Arc<[u8]>),
    /// The head of an answer, and nothing more, ever.
    Head(&'static str),
}

impl Act {
    pub(crate) fn ok(body: &str) -> Self {
        Self::Answer(200, &[], body.to_owned())
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(status, &[], format!(r#"{{"code":"UNAVAILABLE","message":"status {status}","requestId":"r-1"}}"#))
    }
}

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_for_token(&self) -> bool {
        self.line.starts_with("POST /api/v1/token ")
    }
}

/// The server; it ends with the test's runtime.
pub(crate) struct Server {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    left: Arc<AtomicUsize>,
}

impl Server {
    /// Does these one after the other, and the last one again and again.
    pub(crate) async fn doing(acts: impl Into<Vec<Act>>) -> Self {
        let acts = acts.into();
        Self::start(move |_, index| acts[index.min(acts.len() - 1)].clone()).await
    }

    /// Decides by the request, and by how many came before.
    pub(crate) async fn start(decide: impl Fn(&Seen, usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let left: Arc<AtomicUsize> = Arc::default();
        let (kept, decide, counted) = (Arc::clone(&seen), Arc::new(decide), Arc::clone(&left));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, decide, counted) = (Arc::clone(&kept), Arc::clone(&decide), Arc::clone(&counted));
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    let Some(request) = read(&mut stream).await else { return };
                    let act = {
                        let mut seen = kept.lock().expect("a lock");
                        let act = decide(&request, seen.len());
                        seen.push(request);
                        act
                    };
                    if perform(act, stream.into_inner()).await.is_err() {
                        counted.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        Self { url, seen, left }
    }

    /// How many answers were left before they were written: the client had closed the connection.
    pub(crate) fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("a lock").clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen().len()
    }

    /// A client that is patient with each attempt, and tries twice more.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(&self.url).timeout(Duration::from_secs(10)).retries(2)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        let Some((name, value)) = header.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut seen = Seen { line: line.trim().to_owned(), headers, body: String::new() };
    let mut body = vec![0; seen.header("content-length").map_or(0, |length| length.parse().expect("a number"))];
    stream.read_exact(&mut body).await.ok()?;
    seen.body = String::from_utf8(body).expect("text");
    Some(seen)
}

async fn perform(act: Act, mut stream: TcpStream) -> std::io::Result<()> {
    let head = |status: u16, length: usize| {
        format!("HTTP/1.1 {status} Told\r\ncontent-length: {length}\r\nconnection: close\r\nx-request-id: r-1\r\n")
    };
    let text = match act {
        Act::Answer(status, headers, body) => {
            let mut text = head(status, body.len());
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            format!("{text}\r\n{body}")
        }
        Act::CutInside(body) => format!("{}\r\n{body}", head(200, body.len() + 10)),
        Act::Cut => return Ok(()),
        Act::Hang => return std::future::pending().await,
        Act::Garbage => "¿Qué?\r\n\r\n".to_owned(),
        Act::Raw(bytes) => {
            stream.write_all(&bytes).await?;
            return stream.shutdown().await;
        }
        Act::Head(head) => {
            stream.write_all(head.as_bytes()).await?;
            return std::future::pending().await;
        }
    };
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}
