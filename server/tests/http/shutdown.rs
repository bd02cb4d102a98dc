use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{LONG, Portal, until};

#[tokio::test]
async fn shutdown_completes_open_requests_and_refuses_new_connections() {
    let mut portal = Portal::start().await;
    let addr = portal.origin.trim_start_matches("http://").to_owned();
    let mut open = TcpStream::connect(&addr).await.expect("a connection");
    open.write_all(b"GET /docs/guide HTTP/1.1\r\nHost: localhost\r\n").await.expect("half a request");
    until("the connection is counted", || async { portal.metric("portal_connections").await >= 1 }).await;
    let running = portal.stop();
    until("new connections are refused", || async { TcpStream::connect(&addr).await.is_err() }).await;
    assert!(!running.is_finished(), "shutdown waits for the open request");
    open.write_all(b"\r\n").await.expect("the other half");
    let mut response = Vec::new();
    tokio::time::timeout(LONG, open.read_to_end(&mut response)).await.expect("no timeout").expect("a response");
    let response = String::from_utf8_lossy(&response);
    assert!(response.starts_with("HTTP/1.1 200 OK") && response.ends_with("</html>"), "{response}");
    tokio::time::timeout(LONG, running).await.expect("shutdown completes").expect("no panic");
}

#[tokio::test]
async fn an_idle_connection_does_not_block_shutdown() {
    let mut portal = Portal::start().await;
    let addr = portal.origin.trim_start_matches("http://").to_owned();
    let _idle = TcpStream::connect(&addr).await.expect("a connection");
    until("the connection is counted", || async { portal.metric("portal_connections").await >= 1 }).await;
    let running = portal.stop();
    tokio::time::timeout(LONG + Duration::from_secs(10), running).await.expect("shutdown completes").expect("no panic");
}
