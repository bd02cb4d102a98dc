use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{LONG, Portal};

/// Sends raw bytes. Returns the first line of the response, or an empty string if the connection is closed without one.
async fn raw(portal: &Portal, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(portal.origin.trim_start_matches("http://")).await.expect("a connection");
    // The server may respond and close the connection before it has read the whole request.
    let _ = stream.write_all(request).await;
    let _ = stream.shutdown().await;
    let mut response = Vec::new();
    let _ = tokio::time::timeout(LONG, stream.read_to_end(&mut response)).await.expect("no timeout");
    String::from_utf8_lossy(&response).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn malformed_paths_return_400() {
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
        let response =
            raw(&portal, format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).await;
        assert!(response.contains(" 400 "), "{path}: {response}");
    }
}

#[tokio::test]
async fn an_oversized_or_malformed_request_causes_no_500_and_the_next_request_succeeds() {
    let portal = Portal::start().await;
    let many_headers: String = (0..500).map(|number| format!("X-{number}: a\r\n")).collect::<Vec<_>>().concat();
    let requests = [
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
    for request in requests {
        let response = raw(&portal, request.as_bytes()).await;
        let start: String = request.chars().take(60).collect();
        assert!(!response.contains(" 500 "), "{start}: {response}");
        assert_eq!(portal.get("/docs").await.status(), 200, "{start}");
    }
}

#[tokio::test]
async fn long_query_strings_return_414_and_a_short_page() {
    let portal = Portal::start().await;
    // From now on `/docs` is answered from memory.
    assert_eq!(portal.get("/docs?q=a").await.status(), 200);
    for path in [
        "/docs",
        "/marketplace",
        "/marketplace.json",
        "/search",
        "/search.json",
        "/tools/did-web",
        "/get-started",
        "/nothing",
    ] {
        for query in ["page=x&".repeat(8_000), format!("q={}", "a".repeat(60_000)), "a&".repeat(51)] {
            let response = portal.get(&format!("{path}?{query}")).await;
            assert_eq!(response.status(), 414, "{path}");
            let body = response.bytes().await.expect("a body");
            assert!(body.len() < 30_000, "{path}: {} bytes", body.len());
        }
    }
}

#[tokio::test]
async fn a_request_without_one_valid_host_returns_400() {
    let portal = Portal::start().await;
    for path in ["/docs", "/nothing", "/readyz"] {
        for headers in ["", "Host: a\r\nHost: a\r\n", "Host: user@a\r\n", "Host:\r\n", "Host: a:port\r\n"] {
            let request = format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
            let response = raw(&portal, request.as_bytes()).await;
            assert!(response.contains(" 400 "), "{path} {headers:?}: {response}");
        }
    }
    let mut old = TcpStream::connect(portal.origin.trim_start_matches("http://")).await.expect("a connection");
    old.write_all(b"GET /docs HTTP/1.0\r\n\r\n").await.expect("sent");
    let mut start = [0; 15];
    tokio::time::timeout(LONG, old.read_exact(&mut start)).await.expect("no timeout").expect("a response");
    assert_eq!(&start, b"HTTP/1.0 200 OK", "HTTP/1.0 has no Host");
}
