use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{LONG, Portal};

/// Sends bytes as they are; the first line of the answer, empty where the connection was closed without one.
async fn raw(portal: &Portal, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(portal.origin.trim_start_matches("http://")).await.expect("a connection");
    // The server may answer and close before it has read all of it.
    let _ = stream.write_all(request).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(LONG, stream.read_to_end(&mut answer)).await.expect("no hang");
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn dishonest_paths_are_refused() {
    let portal = Portal::start().await;
    for path in [
        "/../../etc/passwd",
        "/docs/%2e%2e/%2e%2e/etc/passwd",
        "/docs%5c..%5cx",
        "/%00",
        "/%",
        "/%zz",
        "/%c0%ae%c0%ae/",
        "/%252e%252e/x",
        "/docs/..",
        "/docs/./guide",
    ] {
        let answer =
            raw(&portal, format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).await;
        assert!(answer.contains(" 400 "), "{path}: {answer}");
    }
}

#[tokio::test]
async fn floods_are_bounded_and_the_next_reader_is_served() {
    let portal = Portal::start().await;
    let many_headers: String = (0..500).map(|number| format!("X-{number}: a\r\n")).collect::<Vec<_>>().concat();
    let floods = [
        format!("GET /docs?{} HTTP/1.1\r\nHost: x\r\n\r\n", "q".repeat(1 << 20)),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "%41".repeat(20_000)),
        format!("GET /docs HTTP/1.1\r\nHost: x\r\n{many_headers}\r\n"),
        format!("GET /docs HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)),
        format!("GET /docs HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {}\r\nIf-None-Match: {}\r\nConnection: close\r\n\r\n", "br;q=0.1,".repeat(2000), "\"x\",".repeat(2000)),
        "GET /docs HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n".to_owned(),
        "POST /docs HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /docs HTTP/9.9\r\n\r\n".to_owned(),
        "\u{0}\u{1}\u{2}\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense".to_owned(),
        "GET http://evil.example/docs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
    ];
    for flood in floods {
        let answer = raw(&portal, flood.as_bytes()).await;
        let start: String = flood.chars().take(60).collect();
        assert!(!answer.contains(" 500 "), "{start}: {answer}");
        assert_eq!(portal.get("/docs").await.status(), 200, "{start}");
    }
}
