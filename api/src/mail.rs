//! Mail: by SMTP, or into a folder while there is no server.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncFileTransport, AsyncTransport as _, Message, Tokio1Executor};
use thiserror::Error;
use tokio::sync::mpsc;

use crate::domain::email::Email;

/// Mails that wait at most.
const MOST_WAITING: usize = 1000;
/// How often a mail is tried.
const TRIES: u32 = 4;

/// Why mail can't be sent at all.
#[derive(Debug, Error)]
pub enum MailError {
    /// `SMTP_URL` is wrong.
    #[error("SMTP_URL is not usable: {0}")]
    Url(#[from] lettre::transport::smtp::Error),
    /// `MAIL_FROM` is wrong.
    #[error("MAIL_FROM is not usable: {0}")]
    From(#[from] lettre::address::AddressError),
    /// The folder can't be made.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    Folder(PathBuf, std::io::Error),
}

#[derive(Clone)]
enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// Sends mails behind the caller's back, so that nobody can tell by the time whether one was sent.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Arc<Mailbox>,
    queue: mpsc::Sender<Message>,
    /// In development, the last ones as text.
    shown: Option<Arc<Mutex<VecDeque<String>>>>,
}

/// Mails that are shown in development.
const MOST_SHOWN: usize = 50;

impl Mailer {
    /// By what the operator set.
    pub fn start(config: &crate::config::Mail, folder: PathBuf, is_development: bool) -> Result<Self, MailError> {
        let way = match &config.smtp_url {
            Some(url) => Way::Server(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build()),
            None => {
                std::fs::create_dir_all(&folder).map_err(|error| MailError::Folder(folder.clone(), error))?;
                Way::Folder(AsyncFileTransport::new(folder))
            }
        };
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(send_all(way, waiting));
        let shown = is_development.then(Arc::default);
        Ok(Self { from: Arc::new(config.mail_from.parse()?), queue, shown })
    }

    /// The last mails, the newest first. `None` outside development.
    pub fn shown(&self) -> Option<Vec<String>> {
        let shown = self.shown.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(shown.iter().rev().cloned().collect())
    }

    /// Hands a mail in. It is sent soon, and tried a few times.
    pub fn send(&self, to: &Email, subject: &str, body: String) {
        let Ok(mailbox) = to.as_str().parse() else { return };
        if let Some(shown) = &self.shown {
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            shown.push_back(format!("To: {to}\nSubject: {subject}\n\n{body}"));
            while shown.len() > MOST_SHOWN {
                shown.pop_front();
            }
        }
        let built = Message::builder()
            .from(self.from.as_ref().clone())
            .to(Mailbox::new(None, mailbox))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body);
        match built.map(|message| self.queue.try_send(message).is_ok()) {
            Ok(true) => {}
            Ok(false) => tracing::error!("a mail was given up: too many wait"),
            Err(error) => tracing::error!(%error, "a mail could not be written"),
        }
    }
}

async fn send_all(way: Way, mut waiting: mpsc::Receiver<Message>) {
    while let Some(message) = waiting.recv().await {
        // Each in a task of its own: a slow server holds nobody else's mail.
        tokio::spawn(send(way.clone(), message));
    }
}

async fn send(way: Way, message: Message) {
    for attempt in 1..=TRIES {
        let sent = match &way {
            Way::Server(server) => server.send(message.clone()).await.map(|_| ()).map_err(|error| error.to_string()),
            Way::Folder(folder) => folder.send(message.clone()).await.map(|_| ()).map_err(|error| error.to_string()),
        };
        match sent {
            Ok(()) => return,
            Err(error) => tracing::warn!(error, attempt, "a mail was not sent"),
        }
        tokio::time::sleep(std::time::Duration::from_secs(u64::from(2 * attempt.pow(2)))).await;
    }
    tracing::error!("a mail was given up");
}
