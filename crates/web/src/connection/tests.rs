use std::net::SocketAddr;

use axum::Extension;
use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;

/// Timeout that only a hang exceeds.
const LONG: Duration = Duration::from_secs(20);
const HALF: &[u8] = b"GET / HTTP/1.1\r\nConnection: close\r\n";
const REST: &[u8] = b"Host: localhost\r\n\r\n";

struct Running {
    addr: SocketAddr,
    open: IntGauge,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Limits that no test reaches.
fn limits() -> Limits {
    Limits { head_timeout: LONG, write_timeout: LONG, total: 1000, per_client: 1000, trusted: Vec::new() }
}

/// A server with a page that shows the peer and the number of open connections, and one with a large page.
async fn start(limits: Limits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address");
    let open = IntGauge::new("open", "Open connections.").expect("a gauge");
    let limited = IntCounter::new("limited", "Limited connections.").expect("a counter");
    let (gauge, (stop, stopped)) = (open.clone(), oneshot::channel());
    let page = move |Extension(Peer(peer)): Extension<Peer>| {
        let open = gauge.get();
        async move { format!("{peer} {open}") }
    };
    let router = Router::new().route("/", get(page)).route("/large", get(|| async { vec![b'a'; 16 << 20] }));
    let metrics = Metrics { open: open.clone(), limited };
    let connections = Connections { limits, grace: LONG, metrics };
    let task = tokio::spawn(async move {
        let stop = async { drop(stopped.await) };
        connections.serve(listener, stop, |peer| route(router.clone(), peer)).await;
    });
    Running { addr, open, stop, task }
}

/// Waits until a number of connections is open.
async fn until_open(running: &Running, count: i64) {
    let wait = async {
        while running.open.get() != count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, wait).await.expect("no timeout");
}

async fn send(addr: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(addr).await.expect("a connection");
    stream.write_all(bytes).await.expect("sent");
    stream
}

async fn finish(mut stream: TcpStream, bytes: &[u8]) -> String {
    stream.write_all(bytes).await.expect("sent");
    let mut answer = String::new();
    tokio::time::timeout(LONG, stream.read_to_string(&mut answer)).await.expect("no timeout").expect("a response");
    answer
}

#[tokio::test]
async fn a_client_beyond_its_limit_is_refused_until_a_connection_ends() {
    let running = start(Limits { per_client: 1, ..limits() }).await;
    let first = send(running.addr, HALF).await;
    until_open(&running, 1).await;
    let mut second = TcpStream::connect(running.addr).await.expect("a connection");
    let read = tokio::time::timeout(LONG, second.read(&mut [0])).await.expect("no timeout");
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    assert!(finish(first, REST).await.ends_with("127.0.0.1 1"));
    until_open(&running, 0).await;
    let third = send(running.addr, HALF).await;
    assert!(finish(third, REST).await.ends_with("127.0.0.1 1"));
}

#[tokio::test]
async fn clients_are_served_while_another_holds_all_connections() {
    let running = start(Limits { total: 8, per_client: 8, ..limits() }).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(send(running.addr, HALF).await);
    }
    until_open(&running, 8).await;
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.2:0".parse().expect("an address")).expect("bound");
    let other = socket.connect(running.addr).await.expect("a connection");
    let answer = finish(other, &[HALF, REST].concat()).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    // The oldest connection was closed.
    let read = tokio::time::timeout(LONG, held[0].read(&mut [0])).await.expect("no timeout");
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    assert!(finish(held.pop().expect("a connection"), REST).await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_response_that_nobody_reads_is_canceled() {
    let running = start(Limits { write_timeout: Duration::from_millis(200), ..limits() }).await;
    let silent = send(running.addr, b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    until_open(&running, 1).await;
    until_open(&running, 0).await;
    drop(silent);
}

#[tokio::test]
async fn a_response_that_is_read_slowly_is_complete() {
    let running = start(Limits { write_timeout: Duration::from_millis(500), ..limits() }).await;
    let mut slow = send(running.addr, b"GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
    let (mut total, mut part) = (0, vec![0; 4 << 20]);
    loop {
        // Pauses are shorter than the timeout, the whole response takes longer.
        tokio::time::sleep(Duration::from_millis(40)).await;
        match slow.read(&mut part).await.expect("a part") {
            0 => break,
            count => total += count,
        }
    }
    assert!(total > 16 << 20, "{total}");
}

#[tokio::test]
async fn shutdown_completes_requests_in_flight_and_refuses_new_connections() {
    let running = start(limits()).await;
    let stream = send(running.addr, HALF).await;
    let wait = async {
        while running.open.get() == 0 {
            tokio::task::yield_now().await;
        }
        drop(running.stop);
        while TcpStream::connect(running.addr).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, wait).await.expect("no timeout");
    assert!(!running.task.is_finished(), "the server waits for the request in flight");
    let answer = finish(stream, REST).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    tokio::time::timeout(LONG, running.task).await.expect("the server stops in time").expect("without a panic");
    assert_eq!(running.open.get(), 0);
}
