//! Stub servers for verification: a DNS server and a TLS server on loopback addresses, whose responses can change
//! between two requests.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::rdata::TXT;
use hickory_proto::rr::{RData, Record, RecordType};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

/// Address of the TLS server that the operator's allow-list contains.
const ALLOWED: [u8; 4] = [127, 0, 0, 1];
/// Second address of the TLS server, which no verifier may connect to.
const FORBIDDEN: [u8; 4] = [127, 0, 0, 2];

/// Response to a path of a host.
#[derive(Clone)]
pub(crate) enum Reply {
    Body(String),
    Status(u16),
    Redirect(String),
    /// A body of this many bytes, without `content-length`.
    Bytes(usize),
    /// A body without end, one byte every 200 ms.
    Drip,
}

#[derive(Default)]
struct Table {
    records: HashMap<(String, RecordType), VecDeque<Vec<RData>>>,
    query_counts: HashMap<String, usize>,
    replies: HashMap<String, Reply>,
    requests: Vec<String>,
    forbidden: usize,
}

/// The DNS server and the TLS server.
pub(crate) struct StubServers {
    table: Arc<Mutex<Table>>,
    dns: SocketAddr,
    port: u16,
    folder: tempfile::TempDir,
}

impl StubServers {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let table = Arc::new(Mutex::new(Table::default()));
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
        let dns = socket.local_addr().expect("an address");
        tokio::spawn(serve_dns(socket, Arc::clone(&table)));

        let names = ["claims.example", "*.claims.example", "raw.githubusercontent.com", "gitlab.com", "codeberg.org"];
        let own = rcgen::generate_simple_self_signed(names.map(str::to_owned)).expect("a certificate");
        std::fs::write(folder.path().join("root.pem"), own.cert.pem()).expect("a file");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key)
            .expect("a configuration");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (listener, forbidden) = bind_both().await;
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(serve_tls(listener, acceptor.clone(), Arc::clone(&table), false));
        tokio::spawn(serve_tls(forbidden, acceptor, Arc::clone(&table), true));
        Self { table, dns, port, folder }
    }

    /// Flags that let an API connect to these servers and to no other private address.
    pub(crate) fn flags(&self) -> Vec<String> {
        vec![
            format!("--verifier-dns={}", self.dns),
            "--verifier-allow=127.0.0.1/32".to_owned(),
            format!("--verifier-https-port={}", self.port),
            format!("--verifier-roots={}", self.root().display()),
        ]
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    /// Resolves a host to the TLS server.
    pub(crate) fn host(&self, name: &str) {
        self.addresses(name, &[&[IpAddr::from(ALLOWED)]]);
    }

    /// Sets the addresses of a name, one list for each query; the last list stays.
    pub(crate) fn addresses(&self, name: &str, answers: &[&[IpAddr]]) {
        let mut table = self.table.lock().expect("a table");
        for (kind, is_of) in
            [(RecordType::A, IpAddr::is_ipv4 as fn(&IpAddr) -> bool), (RecordType::AAAA, IpAddr::is_ipv6)]
        {
            let of = |all: &&[IpAddr]| all.iter().filter(|one| is_of(one)).map(|one| RData::from(*one)).collect();
            table.records.insert((name.to_owned(), kind), answers.iter().map(of).collect());
        }
    }

    pub(crate) fn txt(&self, name: &str, values: &[&str]) {
        let records = values.iter().map(|value| RData::TXT(TXT::new(vec![(*value).to_owned()]))).collect();
        let mut table = self.table.lock().expect("a table");
        table.records.insert((name.to_owned(), RecordType::TXT), VecDeque::from([records]));
    }

    /// Sets the response to an address, as `host/path`.
    pub(crate) fn page(&self, address: &str, reply: Reply) {
        self.table.lock().expect("a table").replies.insert(address.to_owned(), reply);
    }

    /// Count of queries for the A records of a name.
    pub(crate) fn query_count(&self, name: &str) -> usize {
        self.table.lock().expect("a table").query_counts.get(name).copied().unwrap_or_default()
    }

    /// Heads of the received requests.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.table.lock().expect("a table").requests.clone()
    }

    /// Count of connections to the forbidden address.
    pub(crate) fn forbidden(&self) -> usize {
        self.table.lock().expect("a table").forbidden
    }
}

/// Two listeners on the same port.
async fn bind_both() -> (TcpListener, TcpListener) {
    for _ in 0..20 {
        let one = TcpListener::bind((IpAddr::from(ALLOWED), 0)).await.expect("a port");
        let port = one.local_addr().expect("an address").port();
        if let Ok(two) = TcpListener::bind((IpAddr::from(FORBIDDEN), port)).await {
            return (one, two);
        }
    }
    panic!("no port is free on both addresses");
}

async fn serve_dns(socket: UdpSocket, table: Arc<Mutex<Table>>) {
    let mut buffer = [0; 4096];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let Ok(question) = Message::from_vec(&buffer[..length]) else { continue };
        let answer = resolve(&question, &mut table.lock().expect("a table"));
        let _ = socket.send_to(&answer.to_vec().expect("bytes"), from).await;
    }
}

fn resolve(question: &Message, table: &mut Table) -> Message {
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    answer.metadata.recursion_desired = question.metadata.recursion_desired;
    answer.metadata.recursion_available = true;
    let Some(query) = question.queries.first() else { return answer };
    answer.add_query(query.clone());
    let name = query.name().to_ascii().trim_end_matches('.').to_lowercase();
    if query.query_type() == RecordType::A {
        *table.query_counts.entry(name.clone()).or_default() += 1;
    }
    match table.records.get_mut(&(name, query.query_type())) {
        Some(answers) => {
            let records = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
            for data in records.unwrap_or_default() {
                answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
            }
        }
        None => answer.metadata.response_code = ResponseCode::NXDomain,
    }
    answer
}

async fn serve_tls(listener: TcpListener, acceptor: TlsAcceptor, table: Arc<Mutex<Table>>, is_forbidden: bool) {
    while let Ok((stream, _)) = listener.accept().await {
        if is_forbidden {
            table.lock().expect("a table").forbidden += 1;
        }
        let (acceptor, table) = (acceptor.clone(), Arc::clone(&table));
        tokio::spawn(async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                page(stream, &table).await;
            }
        });
    }
}

async fn page<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, table: &Mutex<Table>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).expect("text").to_lowercase();
    let path = head.split(' ').nth(1).expect("a path").to_owned();
    let host = head.split("\r\nhost: ").nth(1).and_then(|rest| rest.split("\r\n").next()).expect("a host");
    let key = format!("{}{path}", host.split(':').next().expect("a host"));
    let reply = {
        let mut table = table.lock().expect("a table");
        table.requests.push(head.clone());
        let found = table.replies.iter().find(|(address, _)| address.to_lowercase() == key);
        found.map_or(Reply::Status(404), |(_, reply)| reply.clone())
    };
    let _ = write(&mut stream, reply).await;
    let _ = stream.shutdown().await;
}

async fn write<S: AsyncWrite + Unpin>(stream: &mut S, reply: Reply) -> std::io::Result<()> {
    let plain = |status: u16, more: &str, body: &str| {
        format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n{more}\r\n{body}", body.len())
    };
    let open = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    match reply {
        Reply::Body(body) => stream.write_all(plain(200, "set-cookie: a=b\r\n", &body).as_bytes()).await,
        Reply::Status(status) => stream.write_all(plain(status, "", "no").as_bytes()).await,
        Reply::Redirect(to) => {
            stream.write_all(plain(302, &format!("location: {to}\r\nset-cookie: a=b\r\n"), "").as_bytes()).await
        }
        Reply::Bytes(count) => {
            stream.write_all(open.as_bytes()).await?;
            stream.write_all(&vec![b'a'; count]).await
        }
        Reply::Drip => {
            stream.write_all(open.as_bytes()).await?;
            loop {
                stream.write_all(b"a").await?;
                stream.flush().await?;
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}
