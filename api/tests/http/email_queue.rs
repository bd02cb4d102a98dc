//! Queued emails: none is lost while the mail server is away, or when the process stops.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::support::TestApp;

/// Mail server that accepts all mails (RFC 5321) and keeps them.
#[derive(Clone, Default)]
struct MailServer(Arc<Mutex<Vec<String>>>);

impl MailServer {
    async fn serve(self, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(self.clone().talk(stream));
        }
    }

    async fn talk(self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 sink\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let reply: &[u8] = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "QUIT" => return write.write_all(b"221 bye\r\n").await,
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut mail = String::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    self.0.lock().expect("mails").push(mail);
                    b"250 kept\r\n"
                }
                _ => b"250 ok\r\n",
            };
            write.write_all(reply).await?;
        }
        Ok(())
    }

    fn count(&self) -> usize {
        self.0.lock().expect("mails").len()
    }
}

#[tokio::test]
async fn emails_survive_a_restart_and_a_mail_server_that_is_away() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let flags = [
        format!("--smtp-url=smtp://{address}"),
        "--signup-per-hour=1000000".to_owned(),
        "--mails-per-domain-per-hour=1000000".to_owned(),
    ];
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let app = TestApp::with(&flags).await;
    for number in 0..30 {
        let wanted = json!({ "email": format!("waits-{number}@mine.example") });
        app.anonymous().post("/api/v1/signup", &wanted).await.expect(StatusCode::CREATED);
    }
    let files: Vec<u8> = std::fs::read_dir(app.data_dir())
        .expect("a folder")
        .flatten()
        .filter(|file| file.file_name().to_string_lossy().starts_with("sentryagent.db"))
        .flat_map(|file| std::fs::read(file.path()).unwrap_or_default())
        .collect();
    assert!(!files.windows(6).any(|part| part == b"slink_"), "codes are encrypted in the database");
    let folder = app.stop().await;
    let app = TestApp::in_folder(folder, &flags).await;
    let server = MailServer::default();
    let listener = TcpListener::bind(address).await.expect("the same port");
    tokio::spawn(server.clone().serve(listener));
    let counting = server.clone();
    // Attempts in flight at the stop are repeated after two minutes of the server's clock.
    app.clock.advance(Duration::from_mins(11));
    app.until(|| counting.count() >= 30).await;
    let mails = server.0.lock().expect("mails").concat();
    for number in 0..30 {
        assert_eq!(mails.matches(&format!("To: waits-{number}@mine.example\n")).count(), 1, "{number}");
    }
}

#[tokio::test]
async fn an_email_that_was_not_sent_for_a_day_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let flag = format!("--smtp-url=smtp://{address}");
    let app = TestApp::with(&[&flag]).await;
    let queued = async || store::email_queue::count(&app.app.store).await.expect("a number");
    app.send_signup(Some("gone@mine.example")).await;
    assert_eq!(queued().await, 1);
    app.clock.advance(Duration::from_hours(23));
    app.app.mail.send_due(&app.app.store, &app.clock).await.expect("tried");
    assert_eq!(queued().await, 1);
    app.clock.advance(Duration::from_hours(2));
    let given_up = async {
        while queued().await > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), given_up).await.expect("given up");
}
